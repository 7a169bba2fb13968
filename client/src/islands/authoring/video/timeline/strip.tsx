// Pictures of the video along its timeline.
import type { Frame } from '../../../../shell/storyboard.ts'

/** Pictures per screenful. */
const SHOWN = 10
const HIGH = 54

export function Strip({ frames, length, zoom }: { frames: readonly Frame[]; length: number; zoom: number }) {
  if (frames.length === 0 || length <= 0) return <div className="vau-strip" aria-hidden="true" />
  const count = SHOWN * zoom
  const places = Array.from({ length: count }, (_, at) => {
    const time = ((at + 0.5) * length) / count
    return frames.filter(({ from }) => from <= time).at(-1) ?? frames[0]
  })
  return (
    <div className="vau-strip" aria-hidden="true">
      {places.map((frame, at) => {
        if (!frame) return null
        const scale = HIGH / frame.height
        return (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: its place along the line is what it is
            key={at}
          >
            <i
              style={{
                width: frame.width,
                height: frame.height,
                backgroundImage: `url("${frame.url}")`,
                backgroundPosition: `-${frame.x}px -${frame.y}px`,
                transform: `scale(${scale})`,
              }}
            />
          </span>
        )
      })}
    </div>
  )
}
