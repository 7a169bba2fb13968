// Teachers who need to know who somebody is, people who were erased and are still on a class list, and rules of advice that came with a copy.
import type { Tx } from '../src/kernel/db.ts'
import { query } from '../src/kernel/db.ts'

export const name = '0030-names-marks-and-copied-advice'

export async function up(tx: Tx): Promise<void> {
  await query(
    tx,
    `-- When a teacher whose institution withholds names asked for them, in this session.
     alter table sessions add column names_asked_at timestamptz;

     -- Who was erased and may still be on the LMS's lists: a code of the LMS's id, by which it is known again and cannot be read.
     create table erased_marks (
       institution_id uuid not null references institutions (id) on delete cascade,
       mark text not null,
       -- The last list that named them, or their erasure.
       listed_at timestamptz not null,
       primary key (institution_id, mark)
     );

     -- The course whose rules these are, as long as nobody has saved them here: what they name is found anew whenever they are read.
     alter table advice_plans add column copied_from uuid references courses (id) on delete set null`,
  )
}
