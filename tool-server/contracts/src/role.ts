// What a session may do.
import { z } from 'zod'

/**
 * What a session may do. `assistant` is a non-editing teacher: sees what an instructor sees and changes nothing.
 * `viewer` is an anonymous launch: it reads and stores nothing.
 */
export const Role = z.enum(['instructor', 'assistant', 'learner', 'viewer'])
export type Role = z.infer<typeof Role>
