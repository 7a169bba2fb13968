// How media are used: parts of an upload that S3 has, and who asked for segments when.
import type { Tx } from '../src/kernel/db.ts'
import { query } from '../src/kernel/db.ts'

export const name = '0013-media-use'

export async function up(tx: Tx): Promise<void> {
  await query(
    tx,
    `-- S3 alone: its id of the upload, the tags of the parts it has, and how many bytes wait to become the next part.
     alter table uploads add column parts jsonb;

     -- Evidence beside the player's own reports: which segments a session asked us for, by minute.
     create table segment_requests (
       session_id uuid not null,
       asset_id uuid not null references assets (id) on delete cascade,
       minute timestamptz not null,
       requests int not null,
       first_segment int not null,
       last_segment int not null,
       primary key (session_id, asset_id, minute)
     );
     create index segment_requests_by_minute on segment_requests (minute)`,
  )
}
