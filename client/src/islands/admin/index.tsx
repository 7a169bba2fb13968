// The operator's island at /admin: signs in by a one-time link, then shows what works, what does not, and who can mend it.
import { useCallback, useEffect, useState } from 'react'
import { dressed } from '../../shell/dressed.tsx'
import { Home } from './home.tsx'
import { SessionOver } from './over.ts'
import { linkInAddress, signInWith, signOutHere, stillSignedIn } from './session.ts'
import { type Because, SignIn } from './sign-in.tsx'
import { t } from './words.ts'
import './admin.css'

type State = { is: 'looking' } | { is: 'in' } | { is: 'out'; because: Because; error: unknown }

export const Island = dressed(AdminIsland)

function AdminIsland() {
  const [state, setState] = useState<State>({ is: 'looking' })
  const out = useCallback((because: Because, error: unknown = null) => setState({ is: 'out', because, error }), [])
  const enter = useCallback(
    (link: string) => {
      setState({ is: 'looking' })
      signInWith(link).then(
        () => setState({ is: 'in' }),
        (error: unknown) => out('new', error),
      )
    },
    [out],
  )
  useEffect(() => {
    const take = () => {
      const link = linkInAddress()
      if (link) enter(link)
      return link !== null
    }
    // A link pasted into the address of a page that is open already only changes the fragment.
    window.addEventListener('hashchange', take)
    if (!take())
      stillSignedIn().then(
        (signedIn) => (signedIn === 'yes' ? setState({ is: 'in' }) : out(signedIn === 'over' ? 'over' : 'new')),
        (error: unknown) => out('new', error),
      )
    return () => window.removeEventListener('hashchange', take)
  }, [enter, out])
  if (state.is === 'looking') return <p className="cp-loading">{t('signingIn')}</p>
  if (state.is === 'out') return <SignIn because={state.because} error={state.error} onLink={enter} />
  return (
    <SessionOver.Provider value={() => out('over')}>
      <Home onSignOut={() => void signOutHere().then(() => out('out'))} />
    </SessionOver.Provider>
  )
}
