// Registration by a one-time link, what a platform granted, origins approved per deployment, and keys that overlap.
import type { Tx } from '../src/kernel/db.ts'
import { query } from '../src/kernel/db.ts'

export const name = '0004-registration'

export async function up(tx: Tx): Promise<void> {
  await query(
    tx,
    `create table registration_links (
       id uuid primary key,
       token_hash bytea not null unique,
       name text not null,
       lms text,
       created_at timestamptz not null,
       expires_at timestamptz not null,
       claimed_at timestamptz,
       tries int not null default 0,
       used_at timestamptz,
       revoked_at timestamptz,
       registration_id uuid references registrations (id) on delete set null,
       last_failure text
     );
     comment on column registration_links.claimed_at is 'a registration by this link is under way; counts for a minute';

     alter table registrations add column granted jsonb;
     comment on column registrations.granted is 'what the platform answered to dynamic registration: scopes, messages, product; null = typed by hand';

     alter table deployments add column origins text[] not null default '{}';
     alter table deployments drop constraint deployments_status_check;
     alter table deployments add constraint deployments_status_check check (status in ('pending', 'approved', 'refused'));
     create table asked_origins (
       deployment_id uuid not null references deployments (id) on delete cascade,
       origin text not null,
       service text not null,
       status text not null default 'asked' check (status in ('asked', 'approved', 'refused')),
       first_asked_at timestamptz not null,
       last_asked_at timestamptz not null,
       primary key (deployment_id, origin)
     );

     alter table tool_keys add column signs_from timestamptz not null default now();
     update tool_keys set signs_from = created_at;
     comment on column tool_keys.signs_from is 'published from created_at, used to sign from here on';
     comment on column tool_keys.retired_at is 'no longer published from here on; set ahead when its successor is made'`,
  )
}
