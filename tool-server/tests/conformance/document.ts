// docs/conformance.md: the table as a page. Nothing in it changes unless a verdict does.
import { attackLines } from './attack-tests.ts'
import type { Row } from './rows.ts'
import type { StockVerdict } from './stock.ts'

export interface Line {
  row: Row
  got: string
  stock: StockVerdict
}

export const expectedOf = ({ status, reason }: Row): string => (status < 400 ? 'accepted' : `${status} ${reason ?? ''}`.trim())
const cell = (text: string): string => text.replaceAll('|', '\\|')

/** The part of a row of the table that is ours: what the test compares. */
export const ownPart = (row: Row, got: string): string =>
  `| ${row.id}${row.attack ? ` (attack ${row.attack})` : ''} | ${cell(row.says)} | ${expectedOf(row)} | ${got} |`

function table(lines: readonly Line[]): string {
  const rows = lines.map(({ row, got, stock }) => `${ownPart(row, got)} ${cell(stock.says)} |`)
  return ['| case | message | must be | Cuepoint | stock ltijs |', '| --- | --- | --- | --- | --- |', ...rows].join('\n')
}

const asItMust = (lines: readonly Line[]): string =>
  `${lines.filter((it) => it.stock.right).length} of ${lines.filter((it) => it.stock.right !== null).length}`

export function documentOf(refused: readonly Line[], accepted: readonly Line[], stockVersion: string): string {
  return `# LTI conformance

Made by \`npm run conformance -- --write\`; do not edit. Each row was sent over HTTP to the real server, with a simulated LMS that signs it, and to
stock ltijs (${stockVersion}, set up as its README shows, behind the same addresses) in the same run. A test of the stack suite keeps this page true.

*must be* and *Cuepoint* hold the status of the page and the reason code of the audit line, which stands under the support code that the page
shows. A refused row makes no session (but those that a row makes on its way), no person and no event. Of stock ltijs only *let in* or *refused*
can be compared: it has one status for most refusals and no reasons, and it is a library, so that an application on it may check some of these itself. *not run* says what the row needs that only our process has.
A number after *attack* is that of the list of attacks that the product answers for: 1 to 27, those without a row are below.

## Must be refused

${table(refused)}

Stock ltijs refuses ${asItMust(refused)} of the rows it could be asked.

## Must be accepted

${table(accepted)}

Stock ltijs accepts ${asItMust(accepted)} of the rows it could be asked.

## Attacks that are more than one message

Each is a test of its own, with the attack's number in its name; stock ltijs is not asked.

| attack | what must hold | test |
| --- | --- | --- |
${attackLines().join('\n')}
`
}
