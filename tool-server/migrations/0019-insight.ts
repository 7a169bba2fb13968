// What the dashboards read: a fact per attempt, and per placement and Version the sums of its facts.
import type { Tx } from '../src/kernel/db.ts'
import { query } from '../src/kernel/db.ts'

export const name = '0019-insight'

export async function up(tx: Tx): Promise<void> {
  await query(
    tx,
    `create table insight_facts (
       attempt_id uuid primary key,
       institution_id uuid not null references institutions (id) on delete cascade,
       placement_id uuid not null references placements (id) on delete cascade,
       person_id uuid not null references people (id) on delete cascade,
       version_id uuid not null,
       fact jsonb not null,
       updated_at timestamptz not null
     );
     create index insight_facts_by_person on insight_facts (placement_id, person_id);
     create table insight_sums (
       placement_id uuid not null references placements (id) on delete cascade,
       version_id uuid not null,
       sums jsonb not null,
       updated_at timestamptz not null,
       primary key (placement_id, version_id)
     );
     -- What one learner did at one placement, in order.
     create index events_by_learner on events (placement_id, person_id, sequence)`,
  )
}
