// PURE: the instructor's choice as content items of Deep Linking 2.0 (3.2), with what the LMS is to make of each.
import type { ActivitySummary, DateWindow, LinkChoice } from '@cuepoint/contracts'
import { tool } from '@cuepoint/lti-config'

export interface Allowed {
  publicUrl: string
  /** false: the LMS ignores columns, so none is sent. */
  lineItem: boolean
}

export function contentItem(choice: LinkChoice, activity: ActivitySummary, { publicUrl, lineItem }: Allowed): object {
  const { activityId, title, text, points, label, tag } = choice
  const available = windowOf(choice.available)
  const submission = windowOf(choice.submission)
  return {
    type: 'ltiResourceLink',
    title,
    ...(text ? { text } : {}),
    url: `${publicUrl}/lti/activities/${activityId}`,
    // The histories are asked for here too: not every LMS has them from the registration. Copies of the course keep all of it.
    // Without points it is to have no column, which the LMS would not tell from one that it made none for by itself.
    custom: { cuepoint_activity_id: activityId, ...(points > 0 ? {} : { cuepoint_points: '0' }), ...tool.custom },
    // A line item needs a positive maximum (Deep Linking 2.0, 3.2.4): no points, no column.
    ...(lineItem && points > 0
      ? {
          lineItem: {
            scoreMaximum: points,
            label: label || title,
            resourceId: activityId,
            tag: tag || activity.kind,
            // The gradebook then links each learner's work (LtiSubmissionReviewRequest). Its address is the link's own.
            submissionReview: { reviewableStatus: ['InProgress', 'Submitted', 'Completed'], label: 'Cuepoint' },
            // The words of AGS (3.2.10, 3.2.11): some LMSs read them here and not from the item.
            ...submission,
          },
        }
      : {}),
    ...(available ? { available } : {}),
    ...(submission ? { submission } : {}),
    iframe: { width: 1024, height: 720 },
    window: { targetName: 'cuepoint', width: 1024, height: 800 },
  }
}

/** In UTC, which every LMS reads; null where neither end is given. */
function windowOf(window: DateWindow | undefined): DateWindow | null {
  const { startDateTime: from, endDateTime: until } = window ?? {}
  if (!from && !until) return null
  return {
    ...(from ? { startDateTime: new Date(from).toISOString() } : {}),
    ...(until ? { endDateTime: new Date(until).toISOString() } : {}),
  }
}
