// The two browsers of the suite, each refusing third-party cookies in its own way (dependencies.md, "browser for e2e").
//   restricted  Chromium 147 from npm: cookies restricted as Chrome does it; partitioned cookies and storage in the frame work.
//   refused     the system's Chromium: a third-party frame gets no storage at all, partitioned cookies only.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { env } from 'node:process'
import type { BrowserContext, Page } from '@playwright/test'

export type Mode = 'restricted' | 'refused'

/** Chromium needs NSS: where the system has none, the one in the package is unpacked, which it does "in Lambda" only. */
function systemHasNss(): boolean {
  const listed = spawnSync('ldconfig', ['-p'], { encoding: 'utf8' })
  if (listed.status === 0) return listed.stdout.includes('libnss3.so')
  return ['/usr/lib/x86_64-linux-gnu/libnss3.so', '/usr/lib64/libnss3.so', '/usr/lib/libnss3.so'].some((path) => existsSync(path))
}

/** Chromium of the npm package, unpacked at its first use. Its own `args` switch off what these tests are about: never use them. */
export async function packagedChromium(): Promise<string> {
  if (!systemHasNss()) env.AWS_EXECUTION_ENV ??= 'AWS_Lambda_nodejs20.x'
  const { default: chromium } = await import('@sparticuz/chromium')
  return chromium.executablePath()
}

export function systemChromium(): string {
  const places = [env.SYSTEM_CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
  return places.find((path) => path && existsSync(path)) ?? '/usr/bin/chromium'
}

async function restrict(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  // 147 refuses the call without the two that later versions dropped from the protocol.
  const controls = {
    enableThirdPartyCookieRestriction: true,
    disableThirdPartyCookieMetadata: true,
    disableThirdPartyCookieHeuristics: true,
  }
  await session.send('Network.setCookieControls', controls)
}

/** A new page of a context, its third-party cookies restricted before it goes anywhere. */
export async function openPage(context: BrowserContext, mode: Mode): Promise<Page> {
  const page = await context.newPage()
  if (mode === 'restricted') await restrict(page)
  return page
}

/** The same for windows that pages open: top-level pages, so what they load before they are asked is first-party anyway. */
export function watchNewWindows(context: BrowserContext, mode: Mode): void {
  if (mode !== 'restricted') return
  context.on('page', (page) => {
    restrict(page).catch(() => {})
  })
}
