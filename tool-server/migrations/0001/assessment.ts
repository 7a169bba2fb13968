export const assessmentTables = `
create table attempts (
  id uuid primary key,
  institution_id uuid not null references institutions (id) on delete cascade,
  course_id uuid not null references courses (id) on delete cascade,
  placement_id uuid not null references placements (id) on delete cascade,
  person_id uuid not null references people (id) on delete cascade,
  activity_id uuid not null references activities (id),
  version_id uuid not null references versions (id),
  number int not null,
  state text not null default 'open' check (state in ('open', 'submitted')),
  -- Secret: who knows it can undo the shuffle of an ordering question.
  seed uuid not null,
  -- An instructor's own try: graded, never part of a Result.
  practice boolean not null default false,
  locale text not null default 'en',
  started_at timestamptz not null,
  deadline_at timestamptz,
  saved_at timestamptz,
  submitted_at timestamptz,
  submit_key uuid,
  time_up boolean not null default false,
  score double precision,
  max_score double precision not null,
  graded jsonb,
  unique (placement_id, person_id, activity_id, practice, number)
) with (fillfactor = 80);
create unique index attempts_one_open on attempts (placement_id, person_id, activity_id, practice) where state = 'open';
create index attempts_overdue on attempts (deadline_at) where state = 'open' and deadline_at is not null;

create table answers (
  attempt_id uuid not null references attempts (id) on delete cascade,
  question_id text not null,
  seq bigint not null,
  value jsonb not null,
  saved_at timestamptz not null,
  primary key (attempt_id, question_id)
) with (fillfactor = 80);

create table results (
  placement_id uuid not null references placements (id) on delete cascade,
  person_id uuid not null references people (id) on delete cascade,
  institution_id uuid not null references institutions (id) on delete cascade,
  revision int not null,
  score double precision not null,
  max_score double precision not null,
  attempts int not null,
  submitted_at timestamptz not null,
  sync_state text not null default 'none' check (sync_state in ('none', 'waiting', 'accepted', 'refused')),
  sync_revision int not null default 0,
  sync_reason text,
  sync_at timestamptz,
  updated_at timestamptz not null,
  primary key (placement_id, person_id)
);
`
