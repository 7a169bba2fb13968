// Files of a course: assets, uploads on their way, captions.
import type { Tx } from '../src/kernel/db.ts'
import { query } from '../src/kernel/db.ts'

export const name = '0012-assets'

export async function up(tx: Tx): Promise<void> {
  await query(
    tx,
    `create table assets (
       id uuid primary key,
       institution_id uuid not null references institutions (id) on delete cascade,
       course_id uuid not null references courses (id) on delete cascade,
       kind text not null check (kind in ('video', 'audio', 'image', 'sound')),
       name text not null,
       bytes bigint not null check (bytes >= 0),
       state text not null check (state in ('uploading', 'processing', 'ready', 'failed', 'cancelled')),
       failure_code text,
       failure_message text,
       duration_seconds double precision,
       width int,
       height int,
       has_audio boolean not null default false,
       has_video boolean not null default false,
       -- Where the uploaded file lies in the storage; null once it was deleted.
       original_key text,
       original_kept boolean not null default false,
       -- The set of renditions that is played; 0 = none yet.
       generation int not null default 0,
       playable boolean not null default false,
       chunks_done int not null default 0,
       chunks_total int not null default 0,
       findings jsonb not null default '[]',
       probe jsonb,
       created_by uuid references people (id) on delete set null,
       created_at timestamptz not null default now(),
       updated_at timestamptz not null default now(),
       deleted_at timestamptz,
       -- Once its files are removed from the storage, too.
       swept_at timestamptz
     );
     create index assets_by_course on assets (course_id, created_at desc) where deleted_at is null;
     create index assets_to_sweep on assets (deleted_at) where deleted_at is not null and swept_at is null;

     -- An upload under way; the bytes lie under the asset's original_key.
     create table uploads (
       asset_id uuid primary key references assets (id) on delete cascade,
       institution_id uuid not null references institutions (id) on delete cascade,
       course_id uuid not null references courses (id) on delete cascade,
       person_id uuid references people (id) on delete set null,
       length bigint not null,
       received bigint not null default 0,
       metadata jsonb not null default '{}',
       -- Its first bytes were looked at, and may be what they say.
       checked boolean not null default false,
       created_at timestamptz not null default now(),
       touched_at timestamptz not null default now(),
       finished_at timestamptz
     );
     create index uploads_open on uploads (course_id, person_id) where finished_at is null;
     create index uploads_touched on uploads (touched_at) where finished_at is null;

     create table captions (
       id uuid primary key,
       asset_id uuid not null references assets (id) on delete cascade,
       institution_id uuid not null references institutions (id) on delete cascade,
       language text not null,
       label text not null,
       cues jsonb not null,
       revision int not null default 1,
       created_by uuid references people (id) on delete set null,
       created_at timestamptz not null default now(),
       updated_at timestamptz not null default now(),
       unique (asset_id, language)
     )`,
  )
}
