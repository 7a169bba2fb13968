// Class lists as the LMS keeps them: who is enrolled, how fresh that is, sections and groups; and where a copied placement came from.
import type { Tx } from '../src/kernel/db.ts'
import { query } from '../src/kernel/db.ts'

export const name = '0007-roster'

export async function up(tx: Tx): Promise<void> {
  await query(
    tx,
    `alter table people add column sourced_id text not null default '';
     -- last_seen_at is null for who is on the list and has never opened anything.
     alter table memberships add column status text not null default 'active' check (status in ('active', 'inactive', 'left')),
       alter column last_seen_at drop not null;

     create table rosters (
       course_id uuid primary key references courses (id) on delete cascade,
       refreshed_at timestamptz,
       people int not null default 0,
       tried_at timestamptz,
       failure text
     );

     create table course_groups (
       id uuid primary key,
       course_id uuid not null references courses (id) on delete cascade,
       kind text not null check (kind in ('section', 'group')),
       external_id text not null,
       name text not null default '',
       unique (course_id, kind, external_id)
     );
     create table course_group_members (
       group_id uuid not null references course_groups (id) on delete cascade,
       person_id uuid not null references people (id) on delete cascade,
       primary key (group_id, person_id)
     );
     create index course_group_members_by_person on course_group_members (person_id);

     -- A placement that came with the copy of a course: which activity it stood for there, and what the teacher decided.
     create table placement_origins (
       placement_id uuid primary key references placements (id) on delete cascade,
       activity_id uuid not null,
       from_course_id uuid not null references courses (id) on delete cascade,
       found_by text not null check (found_by in ('custom', 'link-history', 'resource-id')),
       found_at timestamptz not null,
       decision text check (decision in ('copy', 'share', 'relink')),
       decided_by uuid references people (id) on delete set null,
       decided_at timestamptz,
       made_activity_id uuid
     );

     -- What the LMS's claims say of services beside grades and the roster, by placement.
     alter table placement_services add column groups_url text, add column notices_url text;
     create table notice_handlers (
       deployment_id uuid not null references deployments (id) on delete cascade,
       notice_type text not null,
       url text not null,
       registered_at timestamptz,
       tried_at timestamptz,
       failure text,
       primary key (deployment_id, notice_type)
     );
     create table course_copies (
       id uuid primary key,
       institution_id uuid not null references institutions (id) on delete cascade,
       external_id text not null,
       title text not null default '',
       from_external_id text not null,
       told_by text not null check (told_by in ('notice', 'launch')),
       told_at timestamptz not null,
       -- What a teacher decided for all that came from there, those too that nobody has opened yet.
       decision text check (decision in ('copy', 'share')),
       decided_by uuid references people (id) on delete set null,
       decided_at timestamptz,
       unique (institution_id, external_id, from_external_id)
     )`,
  )
}
