// Writes canvas.json from tool.ts, with a placeholder origin: the served one carries the real address.
import { writeFileSync } from 'node:fs'
import { canvasConfiguration } from './tool.ts'

writeFileSync(
  new URL('./canvas.json', import.meta.url),
  `${JSON.stringify(canvasConfiguration('https://cuepoint.example.edu'), null, 2)}\n`,
)
