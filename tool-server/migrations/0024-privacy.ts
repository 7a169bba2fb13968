// What an institution decides about its people's data, who was erased, and who looked at whom.
import type { Tx } from '../src/kernel/db.ts'
import { query } from '../src/kernel/db.ts'

export const name = '0024-privacy'

export async function up(tx: Tx): Promise<void> {
  await query(
    tx,
    `-- Erased: the row stays, without anything that tells who it was, so that what refers to it still does and nothing new can.
     alter table people add column erased_at timestamptz;
     create function refuse_erased_people() returns trigger language plpgsql as $$
     declare erased timestamptz;
     begin
       -- Locks as the foreign key does: it waits for an erasure under way, and sees what became of it.
       select erased_at into erased from people where id = new.person_id for key share;
       if erased is not null then raise exception 'this person was erased'; end if;
       return new;
     end $$;
     create trigger sessions_of_the_living before insert on sessions for each row when (new.person_id is not null) execute function refuse_erased_people();
     create trigger memberships_of_the_living before insert on memberships for each row execute function refuse_erased_people();
     create trigger attempts_of_the_living before insert on attempts for each row execute function refuse_erased_people();

     create table erasures (
       person_id uuid primary key references people (id) on delete cascade,
       institution_id uuid not null references institutions (id) on delete cascade,
       operator_session_id uuid not null,
       asked_at timestamptz not null,
       done_at timestamptz,
       -- What was deleted, by table; and the events that tell LRSs that statements are void.
       counts jsonb not null default '{}',
       void_events uuid[] not null default '{}'
     );
     create index erasures_by_institution on erasures (institution_id, asked_at desc);

     -- null = kept for ever.
     create table privacy_settings (
       institution_id uuid primary key references institutions (id) on delete cascade,
       work_months int check (work_months between 1 and 240),
       record_months int check (record_months between 1 and 240),
       pseudonyms boolean not null default false,
       updated_at timestamptz not null
     );

     -- What administrators and schedules did with people's data.
     create table privacy_deeds (
       id bigint generated always as identity primary key,
       institution_id uuid not null references institutions (id) on delete cascade,
       at timestamptz not null,
       deed text not null check (deed in ('settings', 'retention', 'export', 'erasure')),
       operator_session_id uuid,
       person_id uuid,
       facts jsonb not null default '{}'
     );
     create index privacy_deeds_by_institution on privacy_deeds (institution_id, id desc);

     -- Who looked at whose work: a teacher of the course, or somebody signed in at /admin. Without person_id: at the whole class.
     create table looks (
       id bigint generated always as identity primary key,
       institution_id uuid not null references institutions (id) on delete cascade,
       course_id uuid,
       placement_id uuid,
       by_person_id uuid,
       operator_session_id uuid,
       person_id uuid,
       what text not null,
       at timestamptz not null
     );
     create index looks_by_institution on looks (institution_id, id desc);
     create index looks_by_person on looks (person_id, id desc);
     create index looks_by_looker on looks (by_person_id, at desc);
     create index looks_by_time on looks using brin (at);

     -- Learner 7: as one session of a teacher is told of a person. The id stands for the person's in what the session is sent.
     create table pseudonyms (
       id uuid primary key,
       session_id uuid not null references sessions (id) on delete cascade,
       person_id uuid not null references people (id) on delete cascade,
       number int not null,
       unique (session_id, person_id),
       unique (session_id, number)
     );
     create index pseudonyms_by_person on pseudonyms (person_id);

     create index attempts_by_person on attempts (person_id);
     create index attempts_by_course on attempts (course_id);
     create index statements_by_time on statements using brin (stored);
     -- Which statements are voided.
     create index statements_voiding on statements (activity) where verb = 'http://adlnet.gov/expapi/verbs/voided'`,
  )
}
