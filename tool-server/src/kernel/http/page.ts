// HTML that we render ourselves: escaped by default, under a CSP without unsafe-inline.
import type { Response } from 'express'
import { newToken } from '../clock.ts'
import { config } from '../config.ts'

/** Markup that is already safe. */
export class Html {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

/** Escapes every value that is not Html itself. */
export function html(parts: TemplateStringsArray, ...values: readonly (string | number | Html | null | readonly Html[])[]): Html {
  let text = parts[0] ?? ''
  values.forEach((value, at) => {
    text +=
      (Array.isArray(value)
        ? value.map((it: Html) => it.text).join('')
        : value instanceof Html
          ? value.text
          : escaped(String(value ?? ''))) + (parts[at + 1] ?? '')
  })
  return new Html(text)
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}

/** JSON for a `<script type="application/json">`: no `</script`, no `<!--` can occur in it. */
export function jsonForHtml(value: unknown): Html {
  return new Html(JSON.stringify(value).replace(/[<\u2028\u2029]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`))
}

export interface PageOptions {
  status?: number
  title: string
  /** Origins that may frame the page, or 'anyone' for pages without session or content. */
  framedBy: readonly string[] | 'anyone'
  /** Where a form of this page may post to; 'self' where absent. */
  formTo?: string
  head?: (nonce: string) => Html
  body: Html
  /** 'app' loads our scripts and styles; 'plain' is words and one own style block. */
  kind: 'app' | 'plain'
  language?: string
}

const plainStyle = `:root{color-scheme:light dark}body{margin:0;font:1rem/1.5 LatoWeb,Lato,"Helvetica Neue",Helvetica,Arial,sans-serif;background:#fff;color:#2d3b45}
main{max-width:38rem;margin:0 auto;padding:2rem 1.25rem}h1{font-size:1.4rem;line-height:1.3;margin:0 0 .75rem}
h2{font-size:1.1rem;line-height:1.3;margin:1.4rem 0 .5rem}p{margin:.6rem 0}ul,ol{margin:.6rem 0;padding-left:1.5rem}li{margin:.3rem 0}
.who{border-left:.25rem solid #0e68b3;padding-left:.75rem}code{font-size:1.05em;font-weight:600;letter-spacing:.03em}.code{color:#586874;margin-top:1.5rem}
a,button{color:#0e68b3}button,.button{display:inline-block;font:inherit;padding:.55rem 1rem;border:1px solid #0e68b3;border-radius:.25rem;background:#0e68b3;color:#fff;text-decoration:none;cursor:pointer}
h1:focus{outline:0}a:focus-visible,button:focus-visible{outline:3px solid #0e68b3;outline-offset:2px}
@media(prefers-color-scheme:dark){body{background:#1c2227;color:#eef1f3}.code{color:#b6c0c7}a{color:#7dbcf0}.who{border-color:#7dbcf0}}`

// As the client does it (client/src/shell/frame-height.ts): a page of words is not cut off by the LMS's frame either. Any origin may hear a height.
const frameHeight = `if(parent!==window){let told=0;new ResizeObserver(()=>{const height=Math.ceil(document.body.getBoundingClientRect().height)
if(height&&height!==told)parent.postMessage(JSON.stringify({subject:'lti.frameResize',height:told=height}),'*')}).observe(document.body)}`

/** Where segments of videos may come from beside us: a CDN, or the bucket that we send the browser on to. */
function elsewhere(): string {
  const { media, s3, publicUrl } = config()
  const bucket = s3 && (s3.publicEndpoint ?? `https://*.amazonaws.com`)
  const origins = [media.baseUrl, bucket].filter((it) => it !== undefined && it !== publicUrl)
  return origins.map((it) => ` ${it}`).join('')
}

/** Sends a page with its own CSP. Never cached: a page may carry a session. */
export function sendPage(response: Response, page: PageOptions): void {
  const nonce = newToken(16)
  const ancestors = page.framedBy === 'anyone' ? '*' : page.framedBy.length > 0 ? page.framedBy.join(' ') : "'none'"
  const scripts =
    page.kind === 'app'
      ? `script-src 'self'; connect-src 'self'${elsewhere()}; img-src 'self' data:; media-src 'self' blob:${elsewhere()}; font-src 'self'; `
      : `script-src 'nonce-${nonce}'; img-src data:; `
  response.status(page.status ?? 200)
  response.setHeader('content-type', 'text/html; charset=utf-8')
  response.setHeader('cache-control', 'no-store')
  response.setHeader(
    'content-security-policy',
    `default-src 'none'; ${scripts}style-src 'self' 'nonce-${nonce}'; form-action ${page.formTo ?? "'self'"}; base-uri 'none'; frame-ancestors ${ancestors}`,
  )
  const height = page.kind === 'plain' ? html`<script type="module" nonce="${nonce}">${new Html(frameHeight)}</script>` : new Html('')
  const style = page.kind === 'plain' ? html`<style nonce="${nonce}">${new Html(plainStyle)}</style>` : new Html('')
  response.end(
    html`<!doctype html>
<html lang="${page.language ?? 'en'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="csp-nonce" content="${nonce}">
<link rel="icon" href="data:,">
<title>${page.title}</title>
${style}${height}${page.head?.(nonce) ?? new Html('')}
</head>
<body>
${page.body}
</body>
</html>
`.text,
  )
}
