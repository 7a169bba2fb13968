export const ltiTables = `
create table registrations (
  id uuid primary key,
  name text not null,
  lms text not null default 'generic',
  issuer text not null,
  client_id text not null,
  auth_url text not null,
  token_url text not null,
  jwks_url text not null,
  audience text,
  origins text[] not null default '{}',
  status text not null default 'pending' check (status in ('pending', 'active', 'retired')),
  created_at timestamptz not null default now(),
  unique (issuer, client_id)
);

create table deployments (
  id uuid primary key,
  registration_id uuid not null references registrations (id) on delete cascade,
  deployment_id text not null,
  institution_id uuid references institutions (id),
  status text not null default 'pending' check (status in ('pending', 'approved')),
  first_seen_at timestamptz not null default now(),
  unique (registration_id, deployment_id)
);
create table platform_instances (
  registration_id uuid not null references registrations (id) on delete cascade,
  guid text not null,
  institution_id uuid not null references institutions (id),
  primary key (registration_id, guid)
);

create table tool_keys (
  kid text primary key,
  public_jwk jsonb not null,
  private_sealed text not null,
  created_at timestamptz not null default now(),
  retired_at timestamptz
);
create table platform_key_sets (
  registration_id uuid primary key references registrations (id) on delete cascade,
  jwks jsonb not null,
  fetched_at timestamptz not null
);

create table login_attempts (
  state text primary key,
  nonce text not null,
  registration_id uuid not null references registrations (id) on delete cascade,
  target text not null,
  binding_hash bytea not null,
  storage_target text,
  login_hint text,
  message_hint text,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index login_attempts_expiring on login_attempts (expires_at);

create table launches (
  session_id uuid primary key references sessions (id) on delete cascade,
  registration_id uuid not null references registrations (id) on delete cascade,
  deployment_id uuid not null references deployments (id) on delete cascade,
  message_type text not null,
  deep_linking jsonb,
  deep_linking_used_at timestamptz
);

create table placement_services (
  placement_id uuid primary key references placements (id) on delete cascade,
  registration_id uuid not null references registrations (id) on delete cascade,
  deployment_id uuid not null references deployments (id) on delete cascade,
  line_item_url text,
  line_items_url text,
  memberships_url text,
  scopes text[] not null default '{}',
  updated_at timestamptz not null default now()
);

create table access_tokens (
  registration_id uuid not null references registrations (id) on delete cascade,
  scopes text not null,
  token_sealed text not null,
  expires_at timestamptz not null,
  primary key (registration_id, scopes)
);

create table score_ledger (
  placement_id uuid not null references placements (id) on delete cascade,
  person_id uuid not null references people (id) on delete cascade,
  registration_id uuid not null references registrations (id) on delete cascade,
  revision int not null,
  score double precision not null,
  max_score double precision not null,
  started_at timestamptz,
  submitted_at timestamptz,
  comment text,
  sent_revision int not null default 0,
  sent_at timestamptz,
  state text not null default 'waiting' check (state in ('waiting', 'accepted', 'refused')),
  accepted_revision int not null default 0,
  attempts int not null default 0,
  reason text,
  last_answer text,
  updated_at timestamptz not null default now(),
  primary key (placement_id, person_id)
);
comment on column score_ledger.sent_at is 'timestamp of the score as sent: stored before the call, reused on retry, strictly rising by at least one second';
`
