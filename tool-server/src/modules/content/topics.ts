// The list of topics that a course keeps. Deleted ones stay as rows: events and Versions still name their ids.
import type { Caller, Topic } from '@cuepoint/contracts'
import { newId, now } from '../../kernel/clock.ts'
import { query, queryAlone, type Tx } from '../../kernel/db.ts'
import { conflict, notFound } from '../../kernel/errors.ts'
import { TopicRow } from './content.models.ts'

/** The course's topics by name. */
export async function topicsOf(caller: Caller): Promise<Topic[]> {
  const rows = await TopicRow.findAll({ where: { courseId: caller.courseId, deletedAt: null }, order: [['name', 'ASC']], limit: 1000 })
  return rows.map(({ id, name }) => ({ id, name }))
}

/** The ids of the course's topics. */
export async function topicIdsOf(courseId: string, tx?: Tx): Promise<Set<string>> {
  const text = 'select id from topics where course_id = $1 and deleted_at is null'
  const rows = tx ? await query<{ id: string }>(tx, text, [courseId]) : await queryAlone<{ id: string }>(text, [courseId])
  return new Set(rows.map((row) => row.id))
}

const addSql = `insert into topics (id, course_id, name, created_at) values ($1, $2, $3, $4)
  on conflict (course_id, lower(name)) where deleted_at is null do nothing returning id`

/** Adds a topic; topic_exists where the course has one of that name, whatever its case. */
export async function addTopic(caller: Caller, name: string): Promise<Topic> {
  const [row] = await queryAlone<{ id: string }>(addSql, [newId(), caller.courseId, name, now()])
  if (!row) throw topicExists()
  return { id: row.id, name }
}

/** The course's topics of these names, made where they are missing: name -> id. */
export async function topicsNamed(tx: Tx, courseId: string, names: readonly string[]): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  for (const name of names) {
    await query(tx, addSql, [newId(), courseId, name, now()])
    const [row] = await query<{ id: string }>(
      tx,
      'select id from topics where course_id = $1 and lower(name) = lower($2) and deleted_at is null',
      [courseId, name],
    )
    if (row) found.set(name, row.id)
  }
  return found
}

/** Renames; in one statement, so that two renames to one name cannot both win. */
export async function renameTopic(caller: Caller, topicId: string, name: string): Promise<Topic> {
  try {
    const [count] = await TopicRow.update({ name }, { where: { id: topicId, courseId: caller.courseId, deletedAt: null } })
    if (count === 0) throw notFound()
  } catch (error) {
    if (error instanceof Error && error.name === 'SequelizeUniqueConstraintError') throw topicExists()
    throw error
  }
  return { id: topicId, name }
}

/** Takes a topic off the list. Drafts lose it with their next save. */
export async function deleteTopic(caller: Caller, topicId: string): Promise<void> {
  const [count] = await TopicRow.update({ deletedAt: now() }, { where: { id: topicId, courseId: caller.courseId, deletedAt: null } })
  if (count === 0) throw notFound()
}

function topicExists() {
  return conflict('topic_exists', 'This course has a topic of that name already.')
}
