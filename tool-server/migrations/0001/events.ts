export const eventTables = `
create table events (
  id uuid primary key,
  sequence bigint generated always as identity,
  name text not null,
  version int not null,
  institution_id uuid not null,
  course_id uuid,
  person_id uuid,
  placement_id uuid,
  data jsonb not null,
  occurred_at timestamptz not null
);
create index events_by_placement on events (placement_id, sequence);
create index events_by_institution on events (institution_id, sequence);

create table deliveries (
  id bigint generated always as identity primary key,
  event_id uuid not null references events (id) on delete cascade,
  listener text not null,
  target text not null default '',
  lane text not null,
  state text not null default 'due' check (state in ('due', 'done', 'parked')),
  due_at timestamptz not null default now(),
  leased_until timestamptz,
  fence bigint not null default 0,
  attempts int not null default 0,
  last_error text,
  trace jsonb,
  created_at timestamptz not null default now(),
  finished_at timestamptz,
  unique (event_id, listener, target)
);
create index deliveries_due on deliveries (listener, lane, id) where state = 'due';
create index deliveries_leased on deliveries (listener, lane) where state = 'due' and leased_until is not null;
create index deliveries_due_at on deliveries (due_at) where state = 'due';
create index deliveries_parked on deliveries (listener, id) where state = 'parked';
create index deliveries_done on deliveries (finished_at) where state = 'done';

create table schedule_runs (
  name text primary key,
  last_run_at timestamptz not null
);
`
