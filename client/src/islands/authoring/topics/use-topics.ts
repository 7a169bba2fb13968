// The topics that this course keeps, and what an author does to the list. Every deed is saved at once.
import type { Topic } from '@cuepoint/contracts'
import { useCallback, useEffect, useState } from 'react'
import { ApiProblem, call } from '../../../api/call.ts'

export interface Topics {
  /** null until they are here. */
  readonly list: readonly Topic[] | null
  readonly error: unknown
  load(): Promise<void>
  /** The new topic, or the one that already has this name. */
  create(name: string): Promise<Topic>
  rename(topicId: string, name: string): Promise<void>
  remove(topicId: string): Promise<void>
}

const byName = (topics: readonly Topic[]) => [...topics].sort((a, b) => a.name.localeCompare(b.name))
const sameName = (a: string, b: string) => a.trim().localeCompare(b.trim(), undefined, { sensitivity: 'base' }) === 0
const fetchTopics = async () => byName((await call('GET /api/topics', {})).topics)

export function useTopics(onRemoved: (topicId: string) => void): Topics {
  const [list, setList] = useState<readonly Topic[] | null>(null)
  const [error, setError] = useState<unknown>(null)
  const load = useCallback(async () => {
    setError(null)
    await fetchTopics().then(setList, setError)
  }, [])
  useEffect(() => void load(), [load])
  const put = (topic: Topic) => setList((now) => byName([...(now ?? []).filter((one) => one.id !== topic.id), topic]))
  const create = async (name: string) => {
    try {
      const topic = await call('POST /api/topics', { body: { name } })
      put(topic)
      return topic
    } catch (problem) {
      if (!(problem instanceof ApiProblem) || problem.code !== 'topic_exists') throw problem
      // Made meanwhile by a colleague, or written in another case: that one is meant.
      const fresh = await fetchTopics()
      setList(fresh)
      const same = fresh.find((one) => sameName(one.name, name))
      if (!same) throw problem
      return same
    }
  }
  const rename = async (topicId: string, name: string) =>
    put(await call('PUT /api/topics/:topicId', { params: { topicId }, body: { name } }))
  const remove = async (topicId: string) => {
    await call('DELETE /api/topics/:topicId', { params: { topicId } })
    setList((now) => now?.filter((one) => one.id !== topicId) ?? null)
    onRemoved(topicId)
  }
  return { list, error, load, create, rename, remove }
}
