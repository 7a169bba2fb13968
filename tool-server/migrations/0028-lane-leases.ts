// Who works on a lane stands in a row of the lane, and no longer in every row of its batch; and an event costs fewer indexes.
// Workers of the release before must be stopped first: they look for leases where none are any more.
import type { Tx } from '../src/kernel/db.ts'
import { query } from '../src/kernel/db.ts'

export const name = '0028-lane-leases'

export async function up(tx: Tx): Promise<void> {
  await query(
    tx,
    `create table lane_leases (
       listener text not null,
       lane text not null,
       -- By chance: whoever writes under another one has lost the lane.
       fence bigint not null,
       until timestamptz not null,
       -- Of the deliveries in hand.
       ids bigint[] not null,
       primary key (listener, lane)
     );
     drop index deliveries_leased, deliveries_due_at, deliveries_done;
     alter table deliveries drop column leased_until;
     -- How often a worker was given it; never set back, as attempts are.
     alter table deliveries rename column fence to runs;
     create index deliveries_by_age on deliveries using brin (created_at) with (autosummarize = on);

     -- The statement that writes a delivery writes its event: a foreign key would look for it again each time. Only the way back is kept.
     alter table deliveries drop constraint deliveries_event_id_fkey;
     create function drop_deliveries_of_events() returns trigger language plpgsql as
       $$ begin delete from deliveries d using gone where d.event_id = gone.id; return null; end $$;
     create trigger events_gone after delete on events referencing old table as gone
       for each statement execute function drop_deliveries_of_events();

     -- A learner's events are found by events_by_learner; whatever goes by time or order reads a stretch of the table as it was written.
     drop index events_by_placement, events_by_institution, events_by_institution_time;
     create index events_by_sequence on events using brin (sequence) with (autosummarize = on);
     alter index events_by_time set (autosummarize = on)`,
  )
}
