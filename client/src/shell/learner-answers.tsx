// A part of the player's island for those islands that are themselves opened inside another (see islands.tsx).
import { lazy } from './lazy.ts'

/** The answers of an attempt, with keys and points. */
export const LearnerAnswers = lazy(() => import('../islands/player/outcome/learner-answers.tsx'), 'LearnerAnswers')
