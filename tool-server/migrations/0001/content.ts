export const contentTables = `
create table activities (
  id uuid primary key,
  institution_id uuid not null references institutions (id) on delete cascade,
  course_id uuid not null references courses (id) on delete cascade,
  kind text not null,
  title text not null,
  document jsonb not null,
  question_count int not null default 0,
  max_score double precision not null default 0,
  -- Secret: option ids of Versions are made from it, so that they tell nothing and yet stay the same from Version to Version.
  id_salt uuid not null default gen_random_uuid(),
  revision int not null default 1,
  version_id uuid,
  published_revision int,
  created_by uuid references people (id) on delete set null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz
);
create index activities_by_course on activities (course_id, updated_at desc) where deleted_at is null;

create table versions (
  id uuid primary key,
  activity_id uuid not null references activities (id) on delete cascade,
  number int not null,
  title text not null,
  document jsonb not null,
  max_score double precision not null,
  published_by uuid references people (id) on delete set null,
  published_at timestamptz not null default now(),
  unique (activity_id, number)
);
alter table activities add foreign key (version_id) references versions (id);
create function versions_are_immutable() returns trigger language plpgsql as $$
begin raise exception 'a version is immutable'; end $$;
create trigger versions_immutable before update of id, activity_id, number, title, document, max_score, published_at on versions
  for each row execute function versions_are_immutable();

create table activity_shares (
  activity_id uuid not null references activities (id) on delete cascade,
  course_id uuid not null references courses (id) on delete cascade,
  created_at timestamptz not null default now(),
  primary key (activity_id, course_id)
);

create table topics (
  id uuid primary key,
  course_id uuid not null references courses (id) on delete cascade,
  name text not null,
  created_at timestamptz not null default now(),
  deleted_at timestamptz
);
create unique index topics_by_name on topics (course_id, lower(name)) where deleted_at is null;
`
