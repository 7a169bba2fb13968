// Who tries an activity out rather than takes it: instructors, and assistants, who change nothing.
import type { Session } from '@cuepoint/contracts'

export const teaches = ({ role }: Session): boolean => role === 'instructor' || role === 'assistant'
