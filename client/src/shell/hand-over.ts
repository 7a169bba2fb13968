// Opens this launch in a tab of its own, where the browser lets it store things. The new tab asks its opener for the token;
// both ends check that the other is of this very origin, so the token never is in a URL and reaches nobody else.

const ASK = 'cuepoint.launch.ask'
const GIVE = 'cuepoint.launch.give'
/** How long a new tab waits for its opener, in ms. The opener first sends what it has not saved yet. */
const PATIENCE = 6000

interface Ask {
  subject: typeof ASK
  launchId: string
}
interface Give {
  subject: typeof GIVE
  launchId: string
  token: string
}

/** In the new tab: the token from the tab that opened this one, or null. */
export function askOpener(launchId: string): Promise<string | null> {
  const opener = window.opener as Window | null
  if (!opener) return Promise.resolve(null)
  return new Promise((done) => {
    const finish = (token: string | null) => {
      window.removeEventListener('message', hear)
      clearTimeout(timer)
      done(token)
    }
    const hear = (event: MessageEvent) => {
      if (event.source !== opener || event.origin !== location.origin) return
      const give = event.data as Give | null
      if (give?.subject === GIVE && give.launchId === launchId) finish(give.token)
    }
    const timer = setTimeout(() => finish(null), PATIENCE)
    window.addEventListener('message', hear)
    opener.postMessage({ subject: ASK, launchId } satisfies Ask, location.origin)
  })
}

/**
 * In the frame: opens the tab and answers its question once. `settle` runs before the token is given, to save what is
 * not saved yet. Resolves true when the tab has taken over; false when the browser refused to open it.
 */
export function openInNewTab(held: { launchId: string; token: string }, settle: () => Promise<void>): Promise<boolean> {
  const tab = window.open(`/a/${held.launchId}`, '_blank')
  if (!tab) return Promise.resolve(false)
  return new Promise((done) => {
    const hear = async (event: MessageEvent) => {
      if (event.source !== tab || event.origin !== location.origin) return
      const ask = event.data as Ask | null
      if (ask?.subject !== ASK || ask.launchId !== held.launchId) return
      window.removeEventListener('message', hear)
      await settle().catch(() => {})
      tab.postMessage({ subject: GIVE, ...held } satisfies Give, location.origin)
      done(true)
    }
    window.addEventListener('message', hear)
  })
}
