// What content keeps of people: who made what. It is the course's, and stays without its maker.
import type { PersonalTable } from '../../kernel/module.ts'

export const contentPeople: readonly PersonalTable[] = [
  {
    table: 'activity_copies',
    names: ['copied_by'],
    of: 't.copied_by = $1',
    exported: 't.activity_id, t.source_activity_id, t.copied_at',
    order: 't.activity_id',
    erased: { set: 'copied_by = null' },
  },
  {
    table: 'versions',
    names: ['published_by'],
    of: 't.published_by = $1',
    exported: 't.id, t.activity_id, t.number, t.title, t.published_at',
    order: 't.id',
    erased: { set: 'published_by = null' },
  },
  {
    table: 'activities',
    names: ['created_by'],
    of: 't.created_by = $1',
    exported: 't.id, t.kind, t.title, t.created_at, t.updated_at',
    order: 't.id',
    erased: { set: 'created_by = null' },
  },
]
