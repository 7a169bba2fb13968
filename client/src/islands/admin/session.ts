// The operator's session: its token lives in memory and in this tab's sessionStorage. The link's token comes in the fragment, which
// is taken out of the address before anything is asked.
import { ApiProblem, useToken as bearWith, call } from '../../api/call.ts'

const key = 'cuepoint.operator'

/** The token of a link in the address, removed from it (and from what was pasted); null where there is none. */
export function linkInAddress(): string | null {
  const link = linkIn(location.hash)
  if (link) history.replaceState(null, '', '/admin')
  return link
}

/** Of a whole link, or of its token alone. */
export function linkIn(text: string): string | null {
  return /(?:#link=|^)([\w-]{43})$/.exec(text.trim())?.[1] ?? null
}

export async function signInWith(link: string): Promise<void> {
  bearWith('')
  const { token } = await call('POST /api/admin/sign-in', { body: { link } })
  bearWith(token)
  try {
    sessionStorage.setItem(key, token)
  } catch {
    // Storage is refused: until the page is left, memory has to do.
  }
}

/** Is this tab signed in from before? Throws Unreachable without network. */
export async function stillSignedIn(): Promise<'yes' | 'no' | 'over'> {
  const token = remembered()
  if (!token) return 'no'
  bearWith(token)
  try {
    await call('GET /api/admin/session', {})
    return 'yes'
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.status !== 401) throw error
    forget()
    return 'over'
  }
}

export async function signOutHere(): Promise<void> {
  await call('POST /api/admin/sign-out', {}).catch(() => undefined)
  forget()
}

function remembered(): string | null {
  try {
    return sessionStorage.getItem(key)
  } catch {
    return null
  }
}

function forget(): void {
  bearWith('')
  try {
    sessionStorage.removeItem(key)
  } catch {
    // Nothing was stored.
  }
}
