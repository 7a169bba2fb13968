// Is a third party's unpartitioned cookie really refused in this browser? Two loopback names are two sites; a small page answers.
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from '@playwright/test'

export interface Seen {
  /** Names of the cookies that came back to the server from inside the frame. */
  cookies: string[]
  /** Does the frame get sessionStorage and IndexedDB? */
  storage: boolean
}

const inside = `<!doctype html><title>frame</title><output></output><script>
const say = (storage) => fetch('/cookies').then((answer) => answer.text()).then((cookies) => {
  document.querySelector('output').textContent = JSON.stringify({ cookies: cookies ? cookies.split(' ') : [], storage })
})
try {
  sessionStorage.setItem('probe', '1')
  const opening = indexedDB.open('probe')
  opening.onsuccess = () => say(true)
  opening.onerror = () => say(false)
} catch { say(false) }
</script>`

/** Opens a frame of another site that sets one cookie of each sort, and tells what it got. */
export async function lookAsThirdParty(page: Page): Promise<Seen> {
  const server = createServer((request, response) => {
    response.setHeader('cache-control', 'no-store')
    if (request.url === '/cookies') {
      const names = (request.headers.cookie ?? '').split('; ').map((pair) => pair.split('=')[0])
      response.end(names.join(' '))
      return
    }
    response.setHeader('content-type', 'text/html')
    if (request.url === '/frame') {
      const shared = 'Path=/; Secure; SameSite=None'
      response.setHeader('set-cookie', [`plain=1; ${shared}`, `partitioned=1; ${shared}; Partitioned`])
      response.end(inside)
    } else response.end(`<!doctype html><title>top</title><iframe src="http://127.0.0.1:${port}/frame"></iframe>`)
  })
  server.listen(0)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  try {
    await page.goto(`http://localhost:${port}/`)
    const said = page.frameLocator('iframe').locator('output', { hasText: '{' })
    return JSON.parse((await said.textContent()) ?? '') as Seen
  } finally {
    server.close()
  }
}
