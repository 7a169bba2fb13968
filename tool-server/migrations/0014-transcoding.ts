// How a video is encoded: one transcode per generation of its renditions, in chunks; and which worker processes there are.
import type { Tx } from '../src/kernel/db.ts'
import { query } from '../src/kernel/db.ts'

export const name = '0014-transcoding'

export async function up(tx: Tx): Promise<void> {
  await query(
    tx,
    `create table transcodes (
       asset_id uuid not null references assets (id) on delete cascade,
       generation int not null,
       -- What asked for it: hearing that event twice makes one transcode.
       event_id uuid not null unique,
       state text not null check (state in ('encoding', 'done', 'replaced', 'failed', 'cancelled')),
       ladder_version int not null,
       -- What the source is and what is made of it: modules/media/transcode/rows.ts.
       plan jsonb not null,
       -- false while it is still looked at whether the source's own pictures may be copied.
       settled boolean not null default false,
       -- Why it stands still at the moment, e.g. a full disk.
       waits_for text,
       created_at timestamptz not null default now(),
       finished_at timestamptz,
       -- Once the files that nobody plays any more are removed.
       swept_at timestamptz,
       primary key (asset_id, generation)
     );
     create index transcodes_to_sweep on transcodes (finished_at) where state <> 'encoding' and swept_at is null;

     create table transcode_chunks (
       asset_id uuid not null,
       generation int not null,
       task text not null check (task in ('lead', 'ladder', 'copy', 'finish')),
       chunk int not null,
       planned boolean not null default false,
       done boolean not null default false,
       -- How often it was begun without an end: workers that died of it.
       crashes int not null default 0,
       -- Segments with their sizes and lengths, peaks of the waveform, small pictures.
       made jsonb,
       begun_at timestamptz,
       done_at timestamptz,
       primary key (asset_id, generation, task, chunk),
       foreign key (asset_id, generation) references transcodes (asset_id, generation) on delete cascade
     );

     create table renditions (
       asset_id uuid not null,
       generation int not null,
       name text not null,
       width int,
       height int,
       copied boolean not null,
       codecs text not null,
       bytes bigint not null,
       duration_seconds double precision not null,
       bandwidth int not null,
       average_bandwidth int not null,
       primary key (asset_id, generation, name),
       foreign key (asset_id, generation) references transcodes (asset_id, generation) on delete cascade
     );

     -- A row per running worker process, which it keeps fresh.
     create table worker_processes (
       id uuid primary key,
       host text not null,
       pid int not null,
       -- WORKER_LISTENS, name by name.
       listens text[] not null,
       -- What keeps it from doing its work as it should, e.g. an old ffmpeg.
       warnings text[] not null default '{}',
       started_at timestamptz not null default now(),
       seen_at timestamptz not null default now()
     )`,
  )
}
