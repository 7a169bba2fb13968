// `npm run conformance`: every row against the real server and against stock ltijs, printed as a table; `-- --write` makes
// docs/conformance.md. Ends with 1 where a row is not as specified.
import { writeFile } from 'node:fs/promises'
import { startPostgres } from '../../bench/postgres.ts'
import { installStock } from '../../bench/stock.ts'
import { Undo } from '../../bench/undo.ts'
import { migrate } from '../../src/kernel/migrations.ts'
import { startSchool } from '../_app.ts'
import { documentOf, expectedOf, type Line } from './document.ts'
import type { Row } from './rows.ts'
import { play, setStage } from './stage.ts'
import { playStock, setStockStage } from './stock.ts'
import { mustAccept, mustRefuse } from './table.ts'

const print = (text: string): void => void process.stdout.write(`${text}\n`)
const undo = new Undo()

try {
  const stockVersion = installStock()
  const postgres = await undo.later(startPostgres())
  const url = await postgres.create('product')
  await migrate(url)
  const school = await startSchool({ worker: false, env: { LOG_LEVEL: 'silent' }, database: { url, drop: async () => undefined } })
  undo.push(() => school.stop())
  const stage = await setStage(school)
  undo.push(() => stage.close())
  const stockStage = await setStockStage(await postgres.create('stock'))
  undo.push(() => stockStage.close())

  let wrong = 0
  const playAll = async (rows: readonly Row[]): Promise<Line[]> => {
    const lines: Line[] = []
    for (const row of rows) {
      const outcome = await play(row, stage)
      const stock = await playStock(row, stockStage.scene)
      const isRight = outcome.wrong.length === 0
      if (!isRight) wrong++
      const words = [row.id.padEnd(13), (isRight ? 'ok' : 'WRONG').padEnd(6), expectedOf(row).padEnd(36), outcome.got.padEnd(36)]
      print(`${words.join(' ')} ${stock.says.replaceAll('**', '').slice(0, 40).padEnd(40)} ${row.says}`)
      for (const why of outcome.wrong) print(`              ${why}`)
      lines.push({ row, got: outcome.got, stock })
    }
    return lines
  }
  print(`${'case'.padEnd(13)} ${''.padEnd(6)} ${'expected'.padEnd(36)} ${'got'.padEnd(36)} ${'stock ltijs'.padEnd(40)} message`)
  const refused = await playAll(mustRefuse)
  const wrongRefused = wrong
  const accepted = await playAll(mustAccept)
  const wrongAccepted = wrong - wrongRefused
  if (process.argv.includes('--write')) {
    const path = new URL('../../../docs/conformance.md', import.meta.url)
    if (wrong > 0) print('docs/conformance.md is not written: not every row is as specified.')
    else await writeFile(path, documentOf(refused, accepted, stockVersion))
  }
  print(
    `LTI conformance: ${refused.length - wrongRefused}/${refused.length} refused as specified, ${accepted.length - wrongAccepted}/${accepted.length} accepted`,
  )
  process.exitCode = wrong > 0 ? 1 : 0
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
} finally {
  await undo.all()
}
