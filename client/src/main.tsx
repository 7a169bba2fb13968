// Reads the launch and lights one island behind import(): a student's page never loads what an instructor needs.
import { createRoot } from 'react-dom/client'
import { islands } from './islands/islands.ts'
import { App } from './shell/app.tsx'
import { launchInPage } from './shell/launch.ts'

const launch = launchInPage()
// Fetched while React starts; React.lazy takes up the same promise.
if (launch) void islands[launch.island].preload()
const root = document.getElementById('root')
if (root) createRoot(root).render(<App first={launch} />)
