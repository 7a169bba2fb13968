// PURE: the server's clock rules every time limit.

/** Answers that were on their way when the time ran out still count so long after it. */
const graceSeconds = 3

/** Is the time over, grace included? `at` in milliseconds. */
export function isOverdue(deadlineAt: Date | null, at: number): boolean {
  return deadlineAt !== null && at > deadlineAt.getTime() + graceSeconds * 1000
}

/** Deadlines before this moment are over, grace included. `at` in milliseconds. */
export function overdueBefore(at: number): Date {
  return new Date(at - graceSeconds * 1000)
}
