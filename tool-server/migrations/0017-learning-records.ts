// Learning record stores of the institutions, and the statements that are kept here.
import type { Tx } from '../src/kernel/db.ts'
import { query } from '../src/kernel/db.ts'

export const name = '0017-learning-records'

export async function up(tx: Tx): Promise<void> {
  await query(
    tx,
    `-- Where its accounts are: the LMS's issuer.
     alter table institutions add column home_page text not null default '';
     update institutions i set home_page = known.issuer from (
       select distinct on (d.institution_id) d.institution_id, r.issuer from deployments d join registrations r on r.id = d.registration_id
       where d.institution_id is not null order by d.institution_id, d.first_seen_at
     ) known where known.institution_id = i.id;

     create table lrs_endpoints (
       id uuid primary key,
       institution_id uuid not null references institutions (id) on delete cascade,
       name text not null,
       url text not null,
       xapi_version text not null default '1.0.3' check (xapi_version in ('1.0.3', '2.0.0')),
       username text not null,
       secret_sealed text not null,
       actor text not null default 'account' check (actor in ('account', 'pseudonym', 'mail')),
       salt_sealed text not null,
       -- null = every kind.
       events text[],
       -- paused: by an operator. refused: by itself, because it let us in no more.
       state text not null default 'on' check (state in ('on', 'paused', 'refused')),
       state_reason text,
       last_error text,
       last_error_at timestamptz,
       last_sent_at timestamptz,
       sent bigint not null default 0,
       created_at timestamptz not null,
       deleted_at timestamptz
     );
     create index lrs_endpoints_by_institution on lrs_endpoints (institution_id) where deleted_at is null;
     -- What went to each in which minute: the rate of the last ones.
     create table lrs_minutes (
       lrs_id uuid not null references lrs_endpoints (id) on delete cascade,
       minute timestamptz not null,
       sent int not null,
       primary key (lrs_id, minute)
     );

     create table statements (
       id uuid primary key,
       sequence bigint generated always as identity,
       event_id uuid not null,
       institution_id uuid not null references institutions (id) on delete cascade,
       course_id uuid,
       person_id uuid,
       verb text not null,
       activity text not null,
       registration uuid,
       -- The activities of its context.
       related text[] not null default '{}',
       statement jsonb not null,
       stored timestamptz not null
     );
     create index statements_by_institution on statements (institution_id, sequence);
     create index statements_by_course on statements (course_id, sequence);
     create index statements_by_person on statements (person_id, sequence);
     create index statements_by_registration on statements (registration, sequence);
     -- Resending a range of time goes by it.
     create index events_by_institution_time on events (institution_id, occurred_at)`,
  )
}
