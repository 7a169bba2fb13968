// A placement that came with the copy of a course: what it stood for there, and the teacher's decision.
import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { LaunchData } from './launch.ts'
import { Id, NoBody } from './session.ts'

export const PlacementOrigin = z.object({
  title: z.string(),
  courseTitle: z.string(),
  questionCount: z.number().int(),
  maxScore: z.number(),
  published: z.boolean(),
  /** null: still to be decided. */
  decision: z.enum(['copy', 'share', 'relink']).nullable(),
  /** Placements of this course that came from there and are undecided, this one included. */
  undecided: z.number().int(),
  /** Placements of that course that lead to an activity: as many may have come, opened yet or not. */
  placedThere: z.number().int(),
})
export type PlacementOrigin = z.infer<typeof PlacementOrigin>

const params = z.object({ placementId: Id })

/** For a learner `origin` is null: whose activity it was is the teacher's to know. */
export const getPlacementOrigin = endpoint({
  method: 'GET',
  path: '/api/placements/:placementId/origin',
  for: ['instructor', 'assistant', 'learner', 'viewer'],
  params,
  body: NoBody,
  reply: z.object({ waitsForTeacher: z.boolean(), origin: PlacementOrigin.nullable() }),
})
/** `all`: for everything of this course that came from there, what nobody has opened yet too. */
export const settlePlacementOrigin = endpoint({
  method: 'PUT',
  path: '/api/placements/:placementId/origin',
  for: ['instructor'],
  params,
  body: z.object({ decision: z.enum(['copy', 'share']), all: z.boolean() }),
  reply: LaunchData,
})
/** Takes a share back: the placement leads nowhere until the teacher decides anew. */
export const takeBackShare = endpoint({
  method: 'DELETE',
  path: '/api/placements/:placementId/share',
  for: ['instructor'],
  params,
  body: NoBody,
  reply: LaunchData,
})
