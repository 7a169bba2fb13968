// What else an LMS says: its own ids of courses and sections, for whom a placement is, notices, columns that are ours to make, and
// when the gradebook was read back.
import type { Tx } from '../src/kernel/db.ts'
import { query } from '../src/kernel/db.ts'

export const name = '0009-course-groups-and-notices'

export async function up(tx: Tx): Promise<void> {
  await query(
    tx,
    `alter table courses add column sourced_id text not null default '';
     alter table memberships add column section_sourced_id text not null default '';

     -- Whom the LMS names when it is asked for one link (NRPS 2.0: rlid). Not restricted: all of the course, and nobody is listed.
     create table placement_rosters (
       placement_id uuid primary key references placements (id) on delete cascade,
       tried_at timestamptz not null,
       refreshed_at timestamptz,
       restricted boolean not null default false
     );
     create table placement_members (
       placement_id uuid not null references placements (id) on delete cascade,
       person_id uuid not null references people (id) on delete cascade,
       primary key (placement_id, person_id)
     );

     alter table placement_services add column notice_types text[] not null default '{}',
       add column column_wanted boolean not null default false;
     comment on column placement_services.column_wanted is 'the LMS makes no column for its links: Cuepoint does, when an activity is behind the link';
     create index placement_services_by_deployment on placement_services (deployment_id, updated_at desc) where notices_url is not null;

     -- A notice is taken once.
     create table taken_notices (
       registration_id uuid not null references registrations (id) on delete cascade,
       notice_hash bytea not null,
       expires_at timestamptz not null,
       primary key (registration_id, notice_hash)
     );
     create index taken_notices_expire on taken_notices (expires_at);

     alter table score_ledger add column read_tries int not null default 0;
     comment on column score_ledger.read_tries is 'how often the gradebook was asked whether it holds what it accepted';
     create index score_ledger_to_read on score_ledger (answered_at) where state = 'accepted'`,
  )
}
