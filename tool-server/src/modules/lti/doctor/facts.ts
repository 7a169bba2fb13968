// What the database knows of a platform, gathered for the doctor: by one statement for all platforms.
import { queryAlone } from '../../../kernel/db.ts'

export interface Facts {
  id: string
  name: string
  lms: string
  issuer: string
  client_id: string
  status: 'pending' | 'active' | 'retired'
  keys: number | null
  keys_at: Date | null
  /** Last call of each sort: when, how it ended, why. */
  keys_call: Call | null
  token_call: Call | null
  line_item_call: Call | null
  launch_ok: Call | null
  launch_refused: Call | null
  /** Seconds that the LMS's clock is ahead, by its last launches and answers. */
  skews: number[] | null
  scopes: string[] | null
  memberships: boolean | null
  scopes_at: Date | null
  score_accepted_at: Date | null
  score_refused_at: Date | null
  score_refused: string | null
  scores_waiting: number
  pending: number
  approved: number
  newest_kid: string | null
  newest_kid_at: Date | null
}
export interface Call {
  at: string
  outcome: string
  reason: string | null
  code: string | null
  facts: Record<string, string | number | boolean>
}

const last = (
  which: string,
) => `(select jsonb_build_object('at', f.at, 'outcome', f.outcome, 'reason', f.reason, 'code', f.support_code, 'facts', f.facts)
  from flights f where f.registration_id = r.id and ${which} order by f.id desc limit 1)`

const factsSql = `
select r.id, r.name, r.lms, r.issuer, r.client_id, r.status, jsonb_array_length(k.jwks -> 'keys') keys, k.fetched_at keys_at,
  ${last(`f.kind = 'keys'`)} keys_call,
  ${last(`f.kind = 'token'`)} token_call,
  ${last(`f.kind = 'line-item'`)} line_item_call,
  ${last(`f.kind = 'launch' and f.outcome = 'ok'`)} launch_ok,
  ${last(`f.kind in ('launch', 'login') and f.outcome in ('refused', 'failed')`)} launch_refused,
  (select array_agg((l.facts ->> 'skewSeconds')::float8) from (select f.facts from flights f where f.registration_id = r.id
     and f.facts ? 'skewSeconds' order by f.id desc limit 20) l) skews,
  s.scopes, s.memberships_url is not null memberships, s.updated_at scopes_at,
  (select max(answered_at) from score_ledger where registration_id = r.id and state in ('accepted', 'read_back')) score_accepted_at,
  w.updated_at score_refused_at, w.reason score_refused,
  (select count(*)::int from score_ledger where registration_id = r.id and state = 'waiting') scores_waiting,
  (select count(*)::int from deployments d where d.registration_id = r.id and d.status = 'pending') pending,
  (select count(*)::int from deployments d where d.registration_id = r.id and d.status = 'approved') approved,
  t.kid newest_kid, t.created_at newest_kid_at
from registrations r
left join platform_key_sets k on k.registration_id = r.id
left join lateral (select scopes, memberships_url, updated_at from placement_services where registration_id = r.id order by updated_at desc limit 1) s on true
left join lateral (select updated_at, reason from score_ledger where registration_id = r.id and state = 'refused' order by updated_at desc limit 1) w on true
left join lateral (select kid, created_at from tool_keys where retired_at is null order by created_at desc limit 1) t on true
where r.status <> 'retired' order by r.name, r.id`

export function platformFacts(): Promise<Facts[]> {
  return queryAlone<Facts & { [column: string]: unknown }>(factsSql)
}

export interface DeploymentFacts {
  id: string
  registration_id: string
  deployment_id: string
  status: 'pending' | 'approved' | 'refused'
  institution_id: string | null
  first_seen_at: Date
  last_launch_at: Date | null
}

export function deploymentFacts(): Promise<DeploymentFacts[]> {
  return queryAlone<DeploymentFacts & { [column: string]: unknown }>(
    `select d.id, d.registration_id, d.deployment_id, d.status, d.institution_id, d.first_seen_at,
       (select max(f.at) from flights f where f.registration_id = d.registration_id and f.deployment_id = d.deployment_id
          and f.kind = 'launch' and f.outcome = 'ok') last_launch_at
     from deployments d order by d.deployment_id`,
  )
}
