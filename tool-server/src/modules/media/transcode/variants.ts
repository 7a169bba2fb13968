// PURE: from what the chunks gave to renditions: all that is there without a gap, from the beginning on.
import type { Part, Variant } from '../master-playlist.ts'
import { perSecond } from '../probe.ts'
import type { ChunkRow, Plan } from './rows.ts'

export const soundRendition = 'audio'

/** Renditions with something to play, the largest first; of each what is there up to the first chunk that is not. Nothing before the lead. */
export function variantsOf(plan: Plan, rows: readonly Pick<ChunkRow, 'task' | 'chunk' | 'done' | 'made'>[]): Variant[] {
  const { video, copy, audio, rate } = plan.ladder
  const done = (task: ChunkRow['task'], chunk = 0) => rows.find((it) => it.task === task && it.chunk === chunk && it.done)?.made
  const first = plan.lead && !done('lead') ? 0 : plan.chunks.findIndex((it) => !done('ladder', it.index))
  const unbroken = first === -1 ? plan.chunks : plan.chunks.slice(0, first)
  const mades = [done('lead'), ...unbroken.map((it) => done('ladder', it.index))]
  const partsOf = (name: string, from: typeof mades): (Part & { codecs: string[] })[] =>
    from.flatMap((made) => made?.renditions[name] ?? []).map(({ init, segments, codecs }) => ({ init, segments, codecs }))
  const whole = first === -1 ? [done('copy')] : []
  const named = [
    ...(copy ? [{ name: copy.name, size: copy, parts: partsOf(copy.name, whole) }] : []),
    ...video.map((it) => ({ name: it.name, size: it, parts: partsOf(it.name, mades) })),
    ...(audio ? [{ name: soundRendition, size: null, parts: partsOf(soundRendition, mades) }] : []),
  ]
  return named
    .filter((it) => it.parts.some((part) => part.segments.length > 0))
    .map(({ name, size, parts }) => ({
      name,
      size: size && { width: size.width, height: size.height },
      frameRate: size && perSecond(rate),
      codecs: parts[0]?.codecs ?? [],
      parts: parts.map(({ init, segments }) => ({ init, segments })),
    }))
}
