// The operator's sign-in at /admin, the flight recorder, and what the setup doctor leaves in an LMS for a moment.
import type { Tx } from '../src/kernel/db.ts'
import { query } from '../src/kernel/db.ts'

export const name = '0003-admin'

export async function up(tx: Tx): Promise<void> {
  await query(
    tx,
    `
create table operator_links (
  token_hash bytea primary key,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create table operator_sessions (
  id uuid primary key,
  token_hash bytea not null unique,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz
);

-- What happened, step by step, for those who look for a cause. May be lost; nothing depends on it, so it refers to nothing.
create table flights (
  id bigint generated always as identity primary key,
  kind text not null,
  at timestamptz not null,
  ms int not null,
  outcome text not null check (outcome in ('ok', 'refused', 'failed', 'waiting')),
  reason text,
  support_code text,
  trail text,
  registration_id uuid,
  deployment_id text,
  institution_id uuid,
  steps jsonb not null default '[]',
  facts jsonb not null default '{}'
);
create index flights_by_deployment on flights (registration_id, deployment_id, id);
create index flights_by_code on flights (support_code) where support_code is not null;
create index flights_by_trail on flights (trail) where trail is not null;

-- By day, deployment and reason; '' where it is not known.
create table refusal_counts (
  day date not null,
  registration_id text not null,
  deployment_id text not null,
  reason text not null,
  count int not null,
  primary key (day, registration_id, deployment_id, reason)
);

-- The report reads events by time; they come in order, so that this costs next to nothing.
create index events_by_time on events using brin (occurred_at);

create table test_line_items (
  registration_id uuid not null references registrations (id) on delete cascade,
  url text not null,
  created_at timestamptz not null,
  primary key (registration_id, url)
);
`,
  )
}
