// Listens to a page and all its frames: what they complain of, and every address they ask for.
import type { BrowserContext, Page } from '@playwright/test'

export interface Watched {
  /** Console errors, uncaught errors, CSP violations. */
  complaints: string[]
  /** Every address asked for, with the Referer that went along. */
  requests: { url: string; referer: string }[]
  /** Session tokens that launch pages handed over. */
  tokens: string[]
  /** id_tokens that passed through the browser. */
  idTokens: string[]
}

export async function watch(context: BrowserContext, page: Page): Promise<Watched> {
  const watched: Watched = { complaints: [], requests: [], tokens: [], idTokens: [] }
  await context.exposeBinding('complain', ({ frame }, what: string) => watched.complaints.push(`${what} at ${frame.url()}`))
  await context.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) => {
      const complain = (globalThis as unknown as { complain(what: string): void }).complain
      complain(`CSP ${event.violatedDirective}: ${event.blockedURI}`)
    })
  })
  page.on('console', (message) => {
    if (message.type() === 'error') watched.complaints.push(`console: ${message.text()} (${message.location().url})`)
  })
  page.on('pageerror', (error) => watched.complaints.push(`uncaught: ${error.message}`))
  page.on('request', async (request) => {
    const posted = new URLSearchParams(request.url().endsWith('/lti/launch') ? (request.postData() ?? '') : '').get('id_token')
    if (posted) watched.idTokens.push(posted)
    const headers = await request.allHeaders().catch(() => ({}) as Record<string, string>)
    watched.requests.push({ url: request.url(), referer: headers.referer ?? '' })
  })
  page.on('response', async (response) => {
    if (!response.url().endsWith('/lti/launch')) return
    const text = await response.text().catch(() => '')
    const data = /<script type="application\/json" id="launch">([\s\S]*?)<\/script>/.exec(text)?.[1]
    if (data) watched.tokens.push((JSON.parse(data) as { token: string }).token)
  })
  return watched
}
