// What media keeps of people: who uploaded what, which is the course's and stays; and which parts of a video a session asked for.
import type { PersonalTable } from '../../kernel/module.ts'

export const mediaPeople: readonly PersonalTable[] = [
  {
    table: 'segment_requests',
    names: ['session_id'],
    of: 't.session_id in (select id from sessions where person_id = $1)',
    exported: 't.asset_id, t.minute, t.requests, t.first_segment, t.last_segment',
    order: 't.minute, t.asset_id',
    erased: 'deleted',
  },
  {
    table: 'captions',
    names: ['created_by'],
    of: 't.created_by = $1',
    exported: 't.id, t.asset_id, t.language, t.label, t.created_at',
    order: 't.id',
    erased: { set: 'created_by = null' },
  },
  {
    table: 'uploads',
    names: ['person_id'],
    exported: 't.asset_id, t.length, t.created_at, t.finished_at',
    order: 't.asset_id',
    erased: { set: 'person_id = null' },
  },
  {
    table: 'assets',
    names: ['created_by'],
    of: 't.created_by = $1',
    exported: 't.id, t.kind, t.name, t.bytes, t.state, t.created_at, t.deleted_at',
    order: 't.id',
    erased: { set: 'created_by = null' },
  },
]
