// `weight`: JS and CSS that a real Chromium fetches in a real launch of a sample quiz, each file as gzip -9, until the first
// question can be answered. An empty cache, as on the first day. Fonts, pictures and the page itself are not counted.
// Beside it what the build's manifest says (client/weigh.mjs), which sees files and not a browser.
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import { home } from './child.ts'
import type { Platform } from './platform.ts'
import { openClass, type Product } from './product.ts'
import { onScene } from './scene.ts'

export async function benchWeight(): Promise<string> {
  return onScene(async ({ platform, product, send, undo }) => {
    await openClass(product, platform, send, 1)
    const browser = await startChromium()
    undo.push(() => browser.close())
    process.stdout.write(`Chromium ${browser.version()}, a sample quiz with an open attempt\n`)
    const bytes = await weighed(browser, product, platform)
    const built = manifestWeight()
    process.stdout.write(`by the build's manifest: ${built}\n`)
    // A video's parts come one after the other, by what its viewer does: their sum is the manifest's.
    return `weight: quiz ${Math.ceil(bytes / 1024)} KiB, ${built.slice(built.indexOf('video'))}`
  })
}

/** What is used of Playwright, which belongs to e2e/. */
interface Answer {
  url(): string
  request(): { resourceType(): string }
  body(): Promise<Buffer>
}
interface Page {
  on(event: 'response', hear: (answer: Answer) => void): void
  goto(address: string): Promise<unknown>
  locator(selector: string): {
    first(): { waitFor(options: { state: 'visible'; timeout: number }): Promise<void>; isEnabled(): Promise<boolean> }
  }
  waitForTimeout(ms: number): Promise<void>
}
interface Chromium {
  version(): string
  newPage(): Promise<Page>
  close(): Promise<void>
}

/** The browser that the journeys of e2e/ use. */
async function startChromium(): Promise<Chromium> {
  const packages = createRequire(join(home, 'e2e/package.json'))
  const { chromium: playwright } = packages('@playwright/test') as {
    chromium: { launch(options: object): Promise<Chromium> }
  }
  const { default: binary } = (await import(pathToFileURL(packages.resolve('@sparticuz/chromium')).href)) as {
    default: { executablePath(): Promise<string> }
  }
  return playwright.launch({ executablePath: await binary.executablePath(), args: ['--no-sandbox'] })
}

async function weighed(browser: Chromium, product: Product, platform: Platform): Promise<number> {
  const page = await browser.newPage()
  const fetched: Answer[] = []
  page.on('response', (answer) => {
    if (['script', 'stylesheet'].includes(answer.request().resourceType())) fetched.push(answer)
  })
  const fields = platform.loginFields({ id: 'learner-0', role: 'Learner' }, `${product.origin}/`)
  await page.goto(`${product.origin}${product.loginPath}?${new URLSearchParams(fields)}`)
  const field = page.locator('#root :is(input, select, textarea)').first()
  await field.waitFor({ state: 'visible', timeout: 30_000 })
  if (!(await field.isEnabled())) throw new Error('the first question cannot be answered')
  const needed = fetched.length
  await page.waitForTimeout(1500)
  let sum = 0
  for (const [at, answer] of fetched.entries()) {
    const size = gzipSync(await answer.body(), { level: 9 }).length
    if (at < needed) sum += size
    process.stdout.write(`${String(size).padStart(8)}  ${new URL(answer.url()).pathname}${at < needed ? '' : '  (later, not counted)'}\n`)
  }
  return sum
}

function manifestWeight(): string {
  const ended = spawnSync(process.execPath, [join(home, 'client/weigh.mjs')], { cwd: home, encoding: 'utf8' })
  const said = /weight: (.*)/.exec(ended.stdout)?.[1]
  if (ended.status !== 0 || !said) throw new Error(`client/weigh.mjs: ${ended.stderr.slice(0, 300)}`)
  return said
}
