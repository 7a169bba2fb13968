// Pictures and sounds inside rich text: kept as `<img data-asset="…" alt="…">`, sent with addresses that are signed for the session.
import type { Caller } from '@cuepoint/contracts'
import { queryAlone } from '../../kernel/db.ts'
import { fallbackWidth, pictureWidths } from './pictures.ts'
import { sessionSignature } from './signatures.ts'

type Session = Pick<Caller, 'sessionId' | 'expiresAt'>

export function inlineAddresses(caller: Session, assetId: string, kind: 'image' | 'sound'): { src: string; srcset: string | null } {
  const base = `/media/${sessionSignature('i', caller, assetId)}/${assetId}`
  if (kind === 'sound') return { src: `${base}/sound.m4a`, srcset: null }
  return { src: `${base}/${fallbackWidth}.jpg`, srcset: pictureWidths.map((width) => `${base}/${width}.webp ${width}w`).join(', ') }
}

/** As sanitised rich text has it inside JSON: our attribute comes first. */
const marked = /<(img|audio) data-asset=\\"([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\\"/g

/** The JSON of a reply, with addresses for its pictures and sounds. Only those of the caller's institution get one. */
export async function withInlineMedia(caller: Session & Pick<Caller, 'institutionId'>, json: string): Promise<string> {
  if (!json.includes('data-asset=\\"')) return json
  const kinds = await kindsOf(caller.institutionId, [...new Set([...json.matchAll(marked)].map(([, , id = '']) => id))])
  return json.replace(marked, (all, tag: string, assetId: string) => {
    const kind = kinds.get(assetId)
    if (kind !== (tag === 'img' ? 'image' : 'sound')) return all
    const { src, srcset } = inlineAddresses(caller, assetId, kind)
    const wide = srcset ? ` srcset=\\"${srcset}\\" sizes=\\"(max-width: 640px) 100vw, 640px\\"` : ''
    return `${all} src=\\"${src}\\"${wide}`
  })
}

// What an asset is and whose never changes.
const known = new Map<string, { institutionId: string; kind: 'image' | 'sound' }>()
const mostKnown = 20_000

async function kindsOf(institutionId: string, assetIds: readonly string[]): Promise<Map<string, 'image' | 'sound'>> {
  const asked = assetIds.filter((id) => !known.has(id))
  if (asked.length > 0) {
    const rows = await queryAlone<{ id: string; institutionId: string; kind: 'image' | 'sound' }>(
      `select id, institution_id as "institutionId", kind from assets where id = any($1::uuid[]) and kind in ('image', 'sound')`,
      [asked],
    )
    if (known.size + rows.length > mostKnown) known.clear()
    for (const { id, ...of } of rows) known.set(id, of)
  }
  const kinds = new Map<string, 'image' | 'sound'>()
  for (const id of assetIds) {
    const it = known.get(id)
    if (it?.institutionId === institutionId) kinds.set(id, it.kind)
  }
  return kinds
}
