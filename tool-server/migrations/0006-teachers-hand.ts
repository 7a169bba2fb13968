// What teachers may change of a placement and of one learner's work there, who did it, and sessions that review or only try.
import type { Tx } from '../src/kernel/db.ts'
import { query } from '../src/kernel/db.ts'

export const name = '0006-teachers-hand'

export async function up(tx: Tx): Promise<void> {
  await query(
    tx,
    `create table placement_settings (
       placement_id uuid primary key references placements (id) on delete cascade,
       institution_id uuid not null references institutions (id) on delete cascade,
       opens_at timestamptz,
       due_at timestamptz,
       closes_at timestamptz,
       late text not null default 'accept' check (late in ('accept', 'refuse')),
       empty_is_zero boolean not null default false,
       updated_at timestamptz not null
     );
     create index placement_settings_changed on placement_settings (updated_at);
     create table allowances (
       placement_id uuid not null references placements (id) on delete cascade,
       person_id uuid not null references people (id) on delete cascade,
       institution_id uuid not null references institutions (id) on delete cascade,
       extra_attempts int not null default 0,
       extra_seconds int not null default 0,
       updated_at timestamptz not null,
       primary key (placement_id, person_id)
     );
     create index allowances_changed on allowances (updated_at);
     -- Of one activity: a link that is pointed elsewhere begins without overrides.
     create table score_overrides (
       placement_id uuid not null references placements (id) on delete cascade,
       person_id uuid not null references people (id) on delete cascade,
       activity_id uuid not null references activities (id),
       institution_id uuid not null references institutions (id) on delete cascade,
       score double precision not null,
       max_score double precision not null,
       comment text,
       by_person_id uuid not null references people (id) on delete cascade,
       at timestamptz not null,
       primary key (placement_id, person_id, activity_id)
     );
     create table teacher_deeds (
       id uuid primary key,
       institution_id uuid not null references institutions (id) on delete cascade,
       placement_id uuid not null references placements (id) on delete cascade,
       -- null = of the whole placement
       person_id uuid references people (id) on delete cascade,
       by_person_id uuid not null references people (id) on delete cascade,
       deed text not null,
       before jsonb,
       after jsonb,
       at timestamptz not null
     );
     create index teacher_deeds_of on teacher_deeds (placement_id, person_id, at);
     alter table attempts add column empty boolean not null default false;
     alter table results add column overridden boolean not null default false, add column comment text;
     -- What the score is of: an LMS may open it again (Canvas).
     alter table score_ledger add column attempt_id uuid, add column activity_id uuid;
     alter table sessions drop constraint sessions_role_check,
       add constraint sessions_role_check check (role in ('instructor', 'assistant', 'learner', 'viewer')),
       add column testing boolean not null default false,
       add column review_placement_id uuid,
       add column review_person_id uuid,
       add column review_attempt_id uuid`,
  )
}
