// A draft looked over with what it names: the video of a course is asked of its room.
import type { ActivityDocument, DraftIssue } from '@cuepoint/contracts'
import type { Tx } from '../../kernel/db.ts'
import { assetOf } from '../media/index.ts'
import { issuesOf } from './issues.ts'
import { personalDataWarnings } from './video-issues.ts'

/** What keeps the document from being published in that course, and what its author should look at first. */
export async function draftChecked(
  scope: { institutionId: string; courseId: string },
  document: ActivityDocument,
  tx?: Tx,
): Promise<{ issues: DraftIssue[]; warnings: DraftIssue[] }> {
  const asset = document.kind === 'video' && document.assetId !== null ? await assetOf(scope, document.assetId, tx) : null
  return { issues: issuesOf(document, asset), warnings: personalDataWarnings(asset) }
}
