// Videos in attempts: how far they were watched by the server's clock, what was not credited, and answers checked at their moment.
import type { Tx } from '../src/kernel/db.ts'
import { query } from '../src/kernel/db.ts'

export const name = '0016-watching'

export async function up(tx: Tx): Promise<void> {
  await query(
    tx,
    `create table watchings (
       attempt_id uuid primary key references attempts (id) on delete cascade,
       -- Rises with every report: two that come together are credited one after the other.
       revision int not null,
       -- Merged stretches, in seconds: [[from, to], …].
       watched jsonb not null,
       position_seconds double precision not null,
       length_seconds double precision not null,
       share double precision not null,
       -- Unseen parts may be skipped; once true it stays true.
       free boolean not null,
       -- When the last report came, and how much of the video might have been played since and was not: see assessment/watch.ts.
       heard_at timestamptz not null,
       spare_seconds double precision not null,
       views jsonb not null,
       refused int not null,
       -- What it earned, once handed in.
       score double precision
     ) with (fillfactor = 70);
     create table watch_reports (
       id bigint generated always as identity primary key,
       attempt_id uuid not null references attempts (id) on delete cascade,
       view_id uuid not null,
       seq bigint not null,
       at timestamptz not null,
       why text not null,
       from_seconds double precision not null,
       to_seconds double precision not null
     );
     create index watch_reports_of on watch_reports (attempt_id, id);
     create table cue_checks (
       attempt_id uuid not null references attempts (id) on delete cascade,
       cue_id text not null,
       question_id text not null,
       tries int not null,
       -- Of the last checked answer, which is the one that counts.
       seq bigint not null,
       answer jsonb not null,
       score double precision not null,
       verdict text not null,
       settled boolean not null,
       checked_at timestamptz not null,
       primary key (attempt_id, cue_id)
     ) with (fillfactor = 80)`,
  )
}
