// The command line's deeds of registration: links, refusals, origins, keys.
import { nowMs } from '../kernel/clock.ts'
import {
  askedOrigins,
  decideOrigin,
  grantedOf,
  keyStates,
  listRegistrationLinks,
  lmsNames,
  makeRegistrationLink,
  refuseDeployment,
  revokeRegistrationLink,
  rotateKey,
  setStatus,
} from '../modules/lti/index.ts'
import { findPlatform } from './platforms.ts'

export const registrationUsage = `npm run platform -- registration-link [--name NAME] [--lms canvas|moodle|brightspace|…] [--hours 72]
                                               a link by which one LMS registers itself
npm run platform -- links                      those links and what became of them
npm run platform -- revoke-link LINK
npm run platform -- show PLATFORM              what it was granted, and the origins its launches asked for
npm run platform -- refuse PLATFORM [--deployment ID]
npm run platform -- approve-origin PLATFORM --deployment ID --origin URL …
npm run platform -- refuse-origin PLATFORM --deployment ID --origin URL …
npm run platform -- rotate-key [--at-once]     at once: only for a key that has leaked
npm run platform -- keys                       which key signs, comes, goes
`

export interface RegistrationOptions {
  name?: string | undefined
  lms?: string | undefined
  hours?: string | undefined
  deployment?: string[] | undefined
  origin?: string[] | undefined
  'at-once'?: boolean | undefined
}

type Deed = (which: string, options: RegistrationOptions) => Promise<string>

const deeds: Record<string, Deed> = {
  'registration-link': async (_which, { name, lms, hours }) => {
    if (lms !== undefined && !lmsNames.includes(lms)) throw new Error(`--lms must be one of ${lmsNames.join(', ')}`)
    const wanted = hours === undefined ? undefined : Number(hours)
    if (wanted !== undefined && !(wanted > 0 && wanted <= 8760)) throw new Error('--hours must be a number of hours')
    const { link, address } = await makeRegistrationLink({ name: name ?? 'New LMS', lms, hours: wanted })
    return `Give this to the administrator of the LMS. It registers one LMS, until ${when(link.expiresAt)}:\n  ${address}\nThe registration is then pending: npm run platform -- approve "${link.name}"`
  },
  links: async () => {
    const lines = (await listRegistrationLinks()).map(
      (it) =>
        `${it.id}  ${it.state.padEnd(9)} ${it.name}${it.lms ? ` (${it.lms})` : ''} until ${when(it.expiresAt)}${it.lastFailure ? `\n    last failure: ${it.lastFailure}` : ''}`,
    )
    return lines.length > 0 ? lines.join('\n') : 'There is no registration link: npm run platform -- registration-link'
  },
  'revoke-link': async (which) => {
    await revokeRegistrationLink(which)
    return 'The link is withdrawn.'
  },
  show: async (which) => {
    const it = await findPlatform(which)
    const granted = await grantedOf(it.id)
    const origins = await askedOrigins(it.id)
    return [
      `${it.name} (${it.lms}) is ${it.status}: issuer ${it.issuer}, client ${it.clientId}`,
      ...(granted
        ? [
            `registered itself: ${granted.product} ${granted.version} ${granted.account}`.trim(),
            ...granted.scopes.map((scope) => `    granted      ${scope}`),
            ...granted.refusedScopes.map((scope) => `    not granted  ${scope}`),
          ]
        : ['was typed by hand']),
      ...origins.map((asked) => `    origin ${asked.origin}: ${asked.status} for deployment ${asked.deploymentId} (${asked.service})`),
    ].join('\n')
  },
  refuse: async (which, { deployment }) => {
    const it = await findPlatform(which)
    for (const id of deployment ?? []) await refuseDeployment(it.id, id)
    if (!deployment) await setStatus(it.id, 'retired')
    return deployment ? `Refused: launches of it get a page that says so.` : `${it.name} is refused.`
  },
  'approve-origin': (which, options) => decide(which, options, true),
  'refuse-origin': (which, options) => decide(which, options, false),
  'rotate-key': async (_which, options) => {
    const key = await rotateKey({ atOnce: options['at-once'] ?? false })
    return key.state === 'signing'
      ? `The new key ${key.kid} signs from now on, the old ones are withdrawn. An LMS that still knows only the old one refuses scores until it looks again; they are sent again by themselves.`
      : `The new key ${key.kid} is published now and signs from ${when(key.signsFrom)} (in ${inHours(key.signsFrom)}). The old one stays published as long again.`
  },
  keys: async () =>
    (await keyStates())
      .map((it) => {
        if (it.state === 'coming') return `${it.kid}  coming   signs in ${inHours(it.signsFrom)}, from ${when(it.signsFrom)}`
        const end = it.publishedUntil ? `, published for another ${inHours(it.publishedUntil)}, until ${when(it.publishedUntil)}` : ''
        return `${it.kid}  ${it.state.padEnd(8)}${end}`
      })
      .join('\n'),
}

async function decide(which: string, { deployment, origin }: RegistrationOptions, allow: boolean): Promise<string> {
  const it = await findPlatform(which)
  if (!deployment?.length || !origin?.length) throw new Error('Give --deployment and --origin.')
  for (const id of deployment) for (const address of origin) await decideOrigin(it.id, id, address, allow)
  return `${origin.join(', ')}: ${allow ? 'approved' : 'refused'}.`
}

const when = (time: Date): string => `${time.toISOString().slice(0, 16).replace('T', ' ')} UTC`
const inHours = (time: Date): string => `${Math.max(0, (time.getTime() - nowMs()) / 3_600_000).toFixed(1)} h`

/** The answer to a deed of registration; undefined = it is none. */
export async function obeyRegistration(
  deed: string | undefined,
  which: string | undefined,
  options: RegistrationOptions,
): Promise<string | undefined> {
  return deed !== undefined && Object.hasOwn(deeds, deed) ? deeds[deed]?.(which ?? '', options) : undefined
}
