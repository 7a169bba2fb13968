// What next: the rules that instructors set, what was advised and what became of it, and how far advising has come.
import type { Tx } from '../src/kernel/db.ts'
import { query } from '../src/kernel/db.ts'

export const name = '0022-advice'

export async function up(tx: Tx): Promise<void> {
  await query(
    tx,
    `create table advice_plans (
       course_id uuid not null references courses (id) on delete cascade,
       activity_id uuid not null references activities (id) on delete cascade,
       institution_id uuid not null references institutions (id) on delete cascade,
       plan jsonb not null,
       changed_by uuid references people (id) on delete set null,
       changed_at timestamptz not null,
       primary key (course_id, activity_id)
     );
     create table recommendations (
       id uuid primary key,
       institution_id uuid not null references institutions (id) on delete cascade,
       course_id uuid not null references courses (id) on delete cascade,
       person_id uuid not null references people (id) on delete cascade,
       -- What it comes from.
       placement_id uuid not null references placements (id) on delete cascade,
       activity_id uuid not null references activities (id) on delete cascade,
       attempt_id uuid not null,
       -- The same advice again has the same mark: reason and target, without its figures.
       mark text not null,
       place int not null,
       reason jsonb not null,
       target_activity_id uuid not null references activities (id) on delete cascade,
       from_seconds double precision,
       to_seconds double precision,
       -- Share of the points when it was made.
       share double precision,
       made_at timestamptz not null,
       shown_at timestamptz,
       dismissed_at timestamptz,
       followed_at timestamptz,
       -- It applies no more.
       over_at timestamptz,
       unique (person_id, placement_id, activity_id, mark)
     ) with (fillfactor = 80);
     create index recommendations_in_course on recommendations (course_id, person_id);
     create index recommendations_at_placement on recommendations (placement_id, made_at desc);
     create index recommendations_to_follow on recommendations (shown_at) where shown_at is not null and followed_at is null;
     -- The attempt that a person's advice at a placement was last worked out from.
     create table advised (
       placement_id uuid not null references placements (id) on delete cascade,
       person_id uuid not null references people (id) on delete cascade,
       attempt_id uuid not null,
       primary key (placement_id, person_id)
     )`,
  )
}
