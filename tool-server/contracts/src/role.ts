// What a session may do.
import { z } from 'zod'

/** What a session may do. `viewer` is an anonymous launch: it reads and stores nothing. */
export const Role = z.enum(['instructor', 'learner', 'viewer'])
export type Role = z.infer<typeof Role>
