// Pictures and sounds inside a document's texts: which there are, and that only those stay that the course may use.
import type { ActivityDocument, Caller } from '@cuepoint/contracts'
import type { Tx } from '../../kernel/db.ts'
import { shareAsset, usableInlineAssets } from '../media/index.ts'
import { withRichText } from './document-text.ts'

const marked = /<(img|audio) data-asset="([0-9a-f-]{36})"[^>]*>(?:<\/audio>)?/g

/** The ids in sanitised texts. */
function inlineAssetsIn(document: ActivityDocument): string[] {
  const ids = new Set<string>()
  withRichText(document, (html) => {
    for (const [, , id = ''] of html.matchAll(marked)) ids.add(id)
    return html
  })
  return [...ids]
}

/** Without those that the course does not have: deleted, another course's, or of another kind. */
export async function withOwnInlineAssets(
  scope: Pick<Caller, 'institutionId' | 'courseId'>,
  document: ActivityDocument,
  tx?: Tx,
): Promise<ActivityDocument> {
  const ids = inlineAssetsIn(document)
  if (ids.length === 0) return document
  const usable = await usableInlineAssets(scope, ids, tx)
  const kept = (all: string, tag: string, id: string) => (usable.get(id) === (tag === 'img' ? 'image' : 'sound') ? all : '')
  return withRichText(document, (html) => html.replace(marked, kept))
}

/** Lets another course of the institution show them, too. */
export async function shareInlineAssets(tx: Tx, document: ActivityDocument, courseId: string): Promise<void> {
  for (const id of inlineAssetsIn(document)) await shareAsset(tx, id, courseId)
}
