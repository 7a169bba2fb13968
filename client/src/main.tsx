// Reads the launch and lights one island behind import(): a student's page never loads what an instructor needs.
import { Suspense } from 'react'
import { createRoot } from 'react-dom/client'
import { islandOf } from './islands/islands.ts'
import { App } from './shell/app.tsx'
import { Shell } from './shell/frame.tsx'
import { Admin } from './shell/islands.tsx'
import { launchInPage } from './shell/launch.ts'

const root = document.getElementById('root')
// No launch leads to the operator's page, and it shows none.
if (location.pathname === '/admin' && root) {
  createRoot(root).render(
    <Shell>
      <Suspense>
        <Admin />
      </Suspense>
    </Shell>,
  )
} else {
  const launch = launchInPage()
  // Fetched while React starts; React.lazy takes up the same promise.
  if (launch) void islandOf(launch).preload()
  if (root) createRoot(root).render(<App first={launch} />)
}
