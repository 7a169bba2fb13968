// What a launch says of its person's sections and groups, kept after the page is on its way: nobody waits for it. The same told again
// within minutes is not written again.
import type { Caller } from '@cuepoint/contracts'
import { nowMs } from '../../../kernel/clock.ts'
import { transaction } from '../../../kernel/db.ts'
import { keepGroupsOf } from '../../identity/index.ts'
import type { Launch } from './claims.ts'

const rememberedMs = 300_000
const mostRemembered = 20_000
const remembered = new Map<string, { said: string; until: number }>()

/** What is to be kept of this launch; undefined where it says nothing new. */
export function groupsToKeep(launch: Launch, caller: Caller): (() => Promise<void>) | undefined {
  const { courseId, personId } = caller
  const { section, sectionNames } = launch.groups
  // The service knows all groups by name, and who is in them.
  const group = launch.others.groupsUrl === null ? launch.groups.group : null
  if ((!section && !group) || !personId || launch.testing) return undefined
  const key = `${courseId} ${personId}`
  const said = JSON.stringify([section, group, sectionNames])
  const known = remembered.get(key)
  if (known?.said === said && known.until > nowMs()) return undefined
  if (remembered.size >= mostRemembered) remembered.clear()
  remembered.set(key, { said, until: nowMs() + rememberedMs })
  return async () => {
    try {
      await transaction(async (tx) => {
        if (section) await keepGroupsOf(tx, { courseId, personId }, 'section', section, sectionNames)
        if (group) await keepGroupsOf(tx, { courseId, personId }, 'group', group)
      })
    } catch (error) {
      remembered.delete(key)
      throw error
    }
  }
}
