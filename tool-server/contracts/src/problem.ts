// Error codes and the problem+json shape (RFC 9457) that every /api error has.
import { z } from 'zod'

/** Every code that a client may meet. Form: noun_reason. The HTTP status of each stands beside it. */
export const problemStatus = {
  body_malformed: 400,
  body_invalid: 400,
  body_too_large: 413,
  session_missing: 401,
  session_expired: 401,
  session_ended: 401,
  role_not_allowed: 403,
  resource_not_found: 404,
  method_not_allowed: 405,
  activity_not_found: 404,
  activity_deleted: 410,
  activity_unpublished: 409,
  activity_incomplete: 422,
  activity_kind_unsupported: 422,
  draft_conflict: 409,
  topic_exists: 409,
  placement_empty: 409,
  placement_read_only: 403,
  placement_not_open: 409,
  settings_invalid: 400,
  learner_not_found: 404,
  result_missing: 409,
  attempt_not_found: 404,
  attempt_closed: 409,
  attempt_key_differs: 409,
  attempts_exhausted: 409,
  answer_invalid: 400,
  deep_linking_used: 409,
  deep_linking_refused: 422,
  launch_refused: 401,
  launch_malformed: 400,
  login_refused: 400,
  platform_unknown: 400,
  deployment_pending: 403,
  registration_inactive: 403,
  registration_refused: 403,
  rotation_under_way: 409,
  deployment_refused: 403,
  platform_keys_unreachable: 503,
  admin_link_unknown: 403,
  admin_link_used: 403,
  admin_link_expired: 403,
  operator_missing: 401,
  rate_limited: 429,
  service_unavailable: 503,
  internal_error: 500,
} as const

export type ProblemCode = keyof typeof problemStatus

/** RFC 9457 problem details; `code` is what a client switches over, `supportCode` is what a person reads to support. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.string(),
  detail: z.string().optional(),
  supportCode: z.string(),
  /** What exactly is wrong, one entry per field or question. */
  issues: z.array(z.object({ path: z.string(), code: z.string(), message: z.string() })).optional(),
})
export type Problem = z.infer<typeof Problem>
