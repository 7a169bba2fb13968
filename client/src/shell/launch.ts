// How this page learns its launch: from the page itself, from the tab's storage, from the tab that opened it, or from the binding cookie.
// The token lives in memory; sessionStorage keeps it for a reload where the browser lets us. It is never in a URL.
import type { LaunchData, LaunchPageData } from '@cuepoint/contracts'
import { ApiProblem, useToken as bearWith, call } from '../api/call.ts'
import { askOpener } from './hand-over.ts'
import { speakLocale } from './locale.ts'

let held: { launchId: string; token: string } | null = null

const personKey = 'cuepoint.person'
const keyOf = (launchId: string) => `cuepoint.launch.${launchId}`

/** The launch that the server wrote into the page; its node is removed, the address becomes one that can be reloaded. */
export function launchInPage(): LaunchData | null {
  const node = document.getElementById('launch')
  const text = node?.textContent?.trim()
  node?.remove()
  if (!text || text === 'null') return null
  const { token, ...launch } = JSON.parse(text) as LaunchPageData
  forgetOthers(launch.session.person?.id ?? 'nobody')
  remember(launch.session.id, token)
  history.replaceState(null, '', `/a/${launch.session.id}`)
  speakLocale(launch.session.locale)
  return launch
}

/** The same launch again after a reload, or null when only the LMS can open it anew. Throws Unreachable without network. */
export async function launchAgain(): Promise<LaunchData | null> {
  const launch = await reopened()
  if (launch) speakLocale(launch.session.locale)
  return launch
}

async function reopened(): Promise<LaunchData | null> {
  const launchId = /^\/a\/([\w-]+)/.exec(location.pathname)?.[1]
  if (!launchId) return null
  const token = held?.token ?? remembered(launchId) ?? (await askOpener(launchId))
  try {
    if (token) {
      remember(launchId, token)
      return await call('GET /api/launch', {})
    }
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.status !== 401) throw error
  }
  try {
    bearWith('')
    const { token: fresh, ...launch } = await call('POST /api/launches/:launchId/resume', { params: { launchId } })
    remember(launchId, fresh)
    return launch
  } catch (error) {
    if (error instanceof ApiProblem && error.status < 500) return null
    throw error
  }
}

/** Another person at this tab: the launches of who was here before are not theirs to go back to. */
function forgetOthers(personId: string): void {
  try {
    if (sessionStorage.getItem(personKey) !== personId)
      for (const key of Object.keys(sessionStorage)) if (key.startsWith(keyOf(''))) sessionStorage.removeItem(key)
    sessionStorage.setItem(personKey, personId)
  } catch {
    // Nothing is stored here, so nothing of others is either.
  }
}

function remember(launchId: string, token: string): void {
  held = { launchId, token }
  bearWith(token)
  try {
    sessionStorage.setItem(keyOf(launchId), token)
  } catch {
    // Third-party frame with storage blocked: memory has to do.
  }
}

function remembered(launchId: string): string | null {
  try {
    return sessionStorage.getItem(keyOf(launchId))
  } catch {
    return null
  }
}

/** What a new tab may be given by `hand-over.ts`. */
export function heldLaunch(): { launchId: string; token: string } | null {
  return held
}

/** Does the browser refuse to store anything for this page? Known at once, before the first paint. */
export function storageRefused(): boolean {
  try {
    sessionStorage.setItem('cuepoint.probe', '1')
    sessionStorage.removeItem('cuepoint.probe')
    return false
  } catch {
    return true
  }
}
