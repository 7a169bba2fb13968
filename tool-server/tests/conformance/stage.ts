// Where the rows are played: a tool, its LMS and a second one, registrations that are retired or doubled; and the judge of an answer.
import { type Lms, startLms } from '../../../fixtures/lms-simulator/index.ts'
import { addPlatform } from '../../src/app/platforms.ts'
import { queryAlone } from '../../src/kernel/db.ts'
import { log } from '../../src/kernel/log.ts'
import { saveRegistration } from '../../src/modules/lti/index.ts'
import { launchDataIn, type TestSchool } from '../_app.ts'
import type { Row, Scene } from './rows.ts'

export interface Stage {
  scene: Scene
  /** Audit lines of refusals since the last row began. */
  audited: { reason: string; supportCode: string }[]
  close(): Promise<void>
}

/** Registrations of the first LMS beside its own: one retired, one more that is active. */
export const twins = [
  { clientId: 'retired-client', status: 'retired' },
  { clientId: 'second-client', status: 'active' },
] as const

export async function otherLms(toolOrigin: string): Promise<Lms> {
  const other = await startLms({ port: 0, toolOrigin, quiet: true })
  other.addItem({ course: '2', title: 'Other' })
  return other
}

export const addQuiz = (lms: Lms): string => lms.addItem({ course: '2', title: 'Quiz', lineItem: { scoreMaximum: 10, label: 'Quiz' } }).id

export async function setStage(school: TestSchool): Promise<Stage> {
  const { lms, origin } = school
  const other = await otherLms(origin)
  await addPlatform(other.registration as Parameters<typeof addPlatform>[0])
  const { issuer, authUrl, tokenUrl, jwksUrl } = lms.registration
  for (const twin of twins)
    await saveRegistration({ name: 'x', lms: 'moodle', issuer, authUrl, tokenUrl, jwksUrl, audience: null, origins: [], ...twin })
  const audited: Stage['audited'] = []
  const { warn } = log
  log.warn = ((line: { audit?: string; reason?: string; supportCode?: string }) => {
    if (line.audit === 'refused') audited.push({ reason: line.reason ?? '', supportCode: line.supportCode ?? '' })
  }) as typeof warn
  return {
    scene: { origin, lms, itemId: addQuiz(lms), other },
    audited,
    async close() {
      log.warn = warn
      await other.stop()
    },
  }
}

export interface Outcome {
  row: Row
  /** What came, in the words of the table: `401 state_used`, `accepted`. */
  got: string
  /** What is wrong with it; nothing = as specified. */
  wrong: string[]
}

type Counts = Record<'sessions' | 'people' | 'events', number>

async function counts(): Promise<Counts> {
  const [row] = await queryAlone<Counts>(
    `select (select count(*)::int from sessions) sessions, (select count(*)::int from people) people, (select count(*)::int from events) events`,
  )
  return row as Counts
}

/** Plays one row on our own stage and judges what came of it. */
export async function play(row: Row, { scene, audited }: Stage): Promise<Outcome> {
  const before = await counts()
  audited.length = 0
  try {
    const answer = await row.send(scene)
    const page = await answer.text()
    return row.status < 400 ? judgeAccepted(row, answer, page, scene, audited) : await judgeRefused(row, answer, page, audited, before)
  } catch (error) {
    return { row, got: (error as Error).message, wrong: [(error as Error).stack ?? String(error)] }
  }
}

async function judgeRefused(row: Row, answer: Response, page: string, audited: Stage['audited'], before: Counts): Promise<Outcome> {
  const wrong: string[] = []
  const last = audited.at(-1)
  const shown = /Support code: <code>([^<]+)|"supportCode":"([^"]+)/.exec(page)
  const code = shown?.[1] ?? shown?.[2]
  if (answer.status !== row.status) wrong.push(`status ${answer.status}, not ${row.status}`)
  if (last?.reason !== row.reason) wrong.push(`reason ${last?.reason}, not ${row.reason}`)
  if (!code) wrong.push('no support code is shown')
  if (row.reason && !audited.some((it) => it.supportCode === code)) wrong.push('the support code shown is in no audit line')
  if (new Set(audited.map((it) => it.supportCode)).size !== audited.length) wrong.push('two audit lines for one refusal')
  if (/at .+\.ts:|node_modules/.test(page)) wrong.push('a stack is shown')
  if (answer.headers.get('location')) wrong.push('it leads elsewhere')
  const after = await counts()
  if (after.sessions - before.sessions !== (row.sessions ?? 0)) wrong.push(`${after.sessions - before.sessions} sessions were made`)
  if (!row.sessions && (after.people !== before.people || after.events !== before.events)) wrong.push('something was written')
  return { row, got: `${answer.status}${last ? ` ${last.reason}` : ''}`, wrong }
}

function judgeAccepted(row: Row, answer: Response, page: string, scene: Scene, audited: Stage['audited']): Outcome {
  const refused = audited.map((it) => it.reason).join(', ')
  if (answer.status !== row.status) return { row, got: `${answer.status} ${refused}`, wrong: [`status ${answer.status}: ${refused}`] }
  const wrong: string[] = []
  if (!/^[\w-]{43}$/.test(launchDataIn(page).token)) wrong.push('no session')
  if (!answer.headers.get('content-security-policy')?.includes(`frame-ancestors ${scene.lms.origin}`)) wrong.push('framed by others')
  if (refused) wrong.push(`refused on the way: ${refused}`)
  return { row, got: 'accepted', wrong }
}
