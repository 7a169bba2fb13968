// Command line: npm run seed -- class [--learners 200] [--lms http://localhost:4000]: a believable class in the simulated LMS.
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { nowMs } from '../kernel/clock.ts'
import { config, loadConfig } from '../kernel/config.ts'
import { transaction } from '../kernel/db.ts'
import { closeLive } from '../kernel/live.ts'
import { deploymentOf, institutionOf, keepServicesIn, listRegistrations } from '../modules/lti/index.ts'
import { openConfiguredDatabase } from './process.ts'
import { sentenceOf } from './run.ts'
import { type Seat, seedClass } from './seed/example-class.ts'
import { seedVideo } from './seed/example-video.ts'
import { watchAll } from './seed/watching-class.ts'

const usage = `npm run seed -- class [--learners 200] [--lms http://localhost:4000]
The simulated LMS must run (npm start); the class is a course of its own there.
`

const claim = 'https://purl.imsglobal.org/spec/lti/claim'
const gradesClaim = 'https://purl.imsglobal.org/spec/lti-ags/claim/endpoint'
const Claims = z.looseObject({
  iss: z.string(),
  aud: z.string().or(z.array(z.string())),
  sub: z.string(),
  name: z.string().default(''),
  given_name: z.string().default(''),
  family_name: z.string().default(''),
  email: z.string().default(''),
  [`${claim}/deployment_id`]: z.string(),
  [`${claim}/context`]: z.looseObject({ id: z.string(), label: z.string().default(''), title: z.string().default('') }),
  [`${claim}/resource_link`]: z.looseObject({ id: z.string(), title: z.string().default('') }),
  [`${claim}/tool_platform`]: z.looseObject({ guid: z.string().default(''), name: z.string().default('') }),
  [gradesClaim]: z.looseObject({ lineitem: z.string().optional() }).optional(),
})
type Claims = z.infer<typeof Claims>
const Class = z.object({ teacher: Claims, teacherOfVideo: Claims, learners: z.array(Claims) })

function seatOf(claims: Claims, role: 'instructor' | 'learner'): Seat {
  const context = claims[`${claim}/context`] as { id: string; label: string; title: string }
  const link = claims[`${claim}/resource_link`] as { id: string; title: string }
  const platform = claims[`${claim}/tool_platform`] as { name: string }
  const { lineitem } = (claims[gradesClaim] ?? {}) as { lineitem?: string }
  const { sub: externalId, name, given_name: givenName, family_name: familyName, email } = claims
  return {
    person: { externalId, name, givenName, familyName, email, sourcedId: '' },
    course: { externalId: context.id, label: context.label, title: context.title, sourcedId: '' },
    placement: { externalId: link.id, title: link.title, takesScores: lineitem !== undefined, mark: Buffer.alloc(0) },
    role,
    sectionSourcedId: '',
    locale: 'en',
    platformName: platform.name,
    returnUrl: null,
  }
}

async function seed(lms: string, count: number): Promise<string> {
  const answer = await fetch(`${lms}/demo/class`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ learners: count }),
  }).catch(() => undefined)
  if (!answer?.ok) throw new Error(`The simulated LMS at ${lms} gave no class: is it running (npm start)?`)
  const { teacher, teacherOfVideo, learners } = Class.parse(await answer.json())
  const registration = (await listRegistrations()).find((it) => it.issuer === teacher.iss && [teacher.aud].flat().includes(it.clientId))
  if (!registration) throw new Error(`The LMS at ${lms} is not registered here: npm run platform -- list.`)
  const { institutionId, deployment } = await transaction(async (tx) => {
    const deployment = await deploymentOf(tx, registration.id, String(teacher[`${claim}/deployment_id`]))
    const { guid, name } = teacher[`${claim}/tool_platform`] as { guid: string; name: string }
    return { institutionId: await institutionOf(tx, deployment, { guid, name, issuer: teacher.iss }), deployment }
  })
  // So that the class's scores go to the gradebook, as after a launch.
  const placedBy = (claims: Claims) => (placementId: string) =>
    transaction((tx) => keepServicesIn(tx, claims, { registration, deployment, placementId }))
  const video = await seedVideo(institutionId, seatOf(teacherOfVideo, 'instructor'), placedBy(teacherOfVideo))
  const finished = await seedClass(
    institutionId,
    seatOf(teacher, 'instructor'),
    learners.map((it) => seatOf(it, 'learner')),
    nowMs(),
    placedBy(teacher),
  )
  const shown = await video?.publish()
  if (shown) {
    const { placement } = seatOf(teacherOfVideo, 'instructor')
    const seats = learners.map((it) => ({ ...seatOf(it, 'learner'), placement }))
    await watchAll(institutionId, seats, shown.version, shown.film, nowMs())
  }
  return finished === 0
    ? 'The example class is there already.'
    : `The example class has ${learners.length} learners; ${finished} have handed in.`
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { learners: { type: 'string', default: '200' }, lms: { type: 'string' } },
})
try {
  loadConfig({ ALLOW_LOOPBACK: 'true', LOG_LEVEL: 'warn' })
  const count = Number(values.learners)
  if (positionals[0] !== 'class' || !Number.isInteger(count) || count < 1 || count > 1000) throw new Error(usage)
  const database = await openConfiguredDatabase()
  try {
    process.stdout.write(`${await seed(values.lms ?? `http://localhost:${config().demoLmsPort}`, count)}\n`)
  } finally {
    // What open pages are told is on its way still.
    await closeLive()
    await database.close()
  }
} catch (error) {
  process.stderr.write(`${sentenceOf(error)}\n`)
  process.exitCode = 1
}
