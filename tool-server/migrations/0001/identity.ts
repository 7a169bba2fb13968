export const identityTables = `
create table institutions (
  id uuid primary key,
  name text not null,
  created_at timestamptz not null default now()
);

create table people (
  id uuid primary key,
  institution_id uuid not null references institutions (id) on delete cascade,
  external_id text not null,
  name text not null default '',
  given_name text not null default '',
  family_name text not null default '',
  email text not null default '',
  locale text not null default 'en',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (institution_id, external_id)
);

create table courses (
  id uuid primary key,
  institution_id uuid not null references institutions (id) on delete cascade,
  external_id text not null,
  label text not null default '',
  title text not null default '',
  created_at timestamptz not null default now(),
  unique (institution_id, external_id)
);

create table memberships (
  person_id uuid not null references people (id) on delete cascade,
  course_id uuid not null references courses (id) on delete cascade,
  role text not null check (role in ('instructor', 'learner')),
  last_seen_at timestamptz not null default now(),
  primary key (course_id, person_id)
);
create index memberships_by_person on memberships (person_id);

create table placements (
  id uuid primary key,
  course_id uuid not null references courses (id) on delete cascade,
  external_id text not null,
  title text not null default '',
  takes_scores boolean not null default false,
  activity_id uuid,
  created_at timestamptz not null default now(),
  unique (course_id, external_id)
);
create index placements_by_activity on placements (activity_id);

create table sessions (
  id uuid primary key,
  token_hash bytea not null unique,
  binding_hash bytea,
  institution_id uuid not null references institutions (id) on delete cascade,
  course_id uuid not null references courses (id) on delete cascade,
  person_id uuid references people (id) on delete cascade,
  placement_id uuid references placements (id) on delete cascade,
  role text not null check (role in ('instructor', 'learner', 'viewer')),
  purpose text not null check (purpose in ('activity', 'choose', 'review')),
  locale text not null default 'en',
  platform_name text not null default '',
  return_url text,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  ended_at timestamptz
);
create index sessions_expiring on sessions (expires_at);
`
