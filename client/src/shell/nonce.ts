// The page's CSP nonce: styles made by scripts must carry it.
export const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content
