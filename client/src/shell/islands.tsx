// Parts of one island that another one opens inside itself; islands never import each other. Each is fetched when first shown.
import { lazy } from './lazy.ts'

/** The quiz editor. */
export const Authoring = lazy(() => import('../islands/authoring/index.tsx'), 'Authoring')

/** Choosing one published activity of the course, or a sample. */
export const Chooser = lazy(() => import('../islands/picker/chooser.tsx'), 'Chooser')

/** The quiz as a learner sees it; nothing is recorded for an instructor. */
export const Player = lazy(() => import('../islands/player/index.tsx'), 'Island')

/** One learner's work in front of a teacher. */
export const Learner = lazy(() => import('../islands/hand/learner.tsx'), 'Learner')

/** Figures of a placed activity. */
export const Insights = lazy(() => import('../islands/dashboard/index.tsx'), 'Insights')

/** Rules for what next after a placed activity, and what became of the advice. */
export const WhatNext = lazy(() => import('../islands/next/index.tsx'), 'WhatNext')

/** The dates and rules of a placement. */
export const Dates = lazy(() => import('../islands/hand/dates.tsx'), 'Dates')

/** The operator's page. */
export const Admin = lazy(() => import('../islands/admin/index.tsx'), 'Island')
