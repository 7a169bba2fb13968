// Origins (design.md section 5): what a signed launch names outside the allowed ones is refused and noted as asked for; an
// administrator approves it for that deployment, or not. Nothing is taken silently.
import { now } from '../../../kernel/clock.ts'
import { query, queryAlone, type Tx, transaction } from '../../../kernel/db.ts'
import { invalid, notFound } from '../../../kernel/errors.ts'
import { checkedUrl, FetchError } from '../../../kernel/safe-fetch.ts'
import { type Deployment, forgetDeployments } from './deployments.ts'
import { originAllowed, type Registration } from './registry.ts'

/** A launch can ask for so many origins per deployment; more are refused without a note. */
const mostAsked = 20

export interface NamedAddress {
  /** What the address is for, e.g. line_item. */
  service: string
  address: string
}

export interface AskedOrigin {
  registrationId: string
  deploymentId: string
  origin: string
  service: string
  status: 'asked' | 'approved' | 'refused'
  firstAskedAt: Date
  lastAskedAt: Date
}

/** Those of the addresses that lie outside the registration's origins. */
export function outside(registration: Registration, addresses: readonly NamedAddress[]): readonly NamedAddress[] {
  return addresses.filter(({ address }) => !originAllowed(registration, address))
}

/** The first address that this deployment may not use either, noted as asked for; undefined = all are allowed. */
export async function notedAsForeign(
  tx: Tx,
  registration: Registration,
  deployment: Deployment,
  addresses: readonly NamedAddress[],
): Promise<(NamedAddress & { origin: string }) | undefined> {
  const foreign = addresses.filter(({ address }) => !originAllowed(registration, address, deployment.origins))
  const named = foreign.map((it) => ({ ...it, origin: originThatWeWouldCall(it.address) ?? '' }))
  for (const { origin, service } of named) if (origin) await note(tx, deployment.id, origin, service)
  const [first] = named
  return first && { ...first, origin: first.origin || spoken(first.address) }
}

/** For the page: what was named, even where it can never be approved. */
function spoken(address: string): string {
  return (URL.canParse(address) ? `${new URL(address).protocol}//${new URL(address).host}` : address).slice(0, 200)
}

/** An origin that could be approved: public and https, without a user name. */
function originThatWeWouldCall(address: string): string | undefined {
  try {
    return checkedUrl(address).origin
  } catch (error) {
    if (error instanceof FetchError) return undefined
    throw error
  }
}

async function note(tx: Tx, deployment: string, origin: string, service: string): Promise<void> {
  await query(
    tx,
    `insert into asked_origins (deployment_id, origin, service, first_asked_at, last_asked_at)
     select $1, $2, $3, $4, $4 where (select count(*) from asked_origins where deployment_id = $1 and origin <> $2) < $5
     on conflict (deployment_id, origin) do update set last_asked_at = excluded.last_asked_at`,
    [deployment, origin, service, now(), mostAsked],
  )
}

/** What was asked for, newest first; of one registration where it is given. */
export async function askedOrigins(registrationId?: string): Promise<AskedOrigin[]> {
  return queryAlone<AskedOrigin>(
    `select d.registration_id "registrationId", d.deployment_id "deploymentId", a.origin, a.service, a.status,
       a.first_asked_at "firstAskedAt", a.last_asked_at "lastAskedAt"
     from asked_origins a join deployments d on d.id = a.deployment_id
     where $1::uuid is null or d.registration_id = $1 order by a.last_asked_at desc limit 500`,
    [registrationId ?? null],
  )
}

/** Allows or refuses an origin for one deployment. An approved one may also be one that no launch has asked for. */
export async function decideOrigin(registrationId: string, deploymentId: string, address: string, allow: boolean): Promise<void> {
  const origin = originThatWeWouldCall(address)
  if (!origin) throw invalid('Name an origin that can be called: https, public, without a path, e.g. https://canvas.school.example.')
  await transaction(async (tx) => {
    const [row] = await query<{ id: string }>(
      tx,
      `update deployments set origins = case when $4 then array_append(array_remove(origins, $3), $3) else array_remove(origins, $3) end
       where registration_id = $1 and deployment_id = $2 returning id`,
      [registrationId, deploymentId, origin, allow],
    )
    if (!row) throw notFound('resource_not_found', 'There is no such deployment.')
    await query(
      tx,
      `insert into asked_origins (deployment_id, origin, service, status, first_asked_at, last_asked_at) values ($1, $2, 'administrator', $3, $4, $4)
       on conflict (deployment_id, origin) do update set status = excluded.status`,
      [row.id, origin, allow ? 'approved' : 'refused', now()],
    )
  })
  forgetDeployments()
}
