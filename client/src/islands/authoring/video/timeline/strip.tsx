// Pictures of the video along its timeline.
import { useEffect, useRef, useState } from 'react'
import type { Frame } from '../../../../shell/storyboard.ts'

const HIGH = 54

export function Strip({ frames, length }: { frames: readonly Frame[]; length: number }) {
  const { box, width } = useWidth()
  const [first] = frames
  // As many as cover the line, each at least as wide as its place.
  const count = first && length > 0 && width > 0 ? Math.ceil(width / ((HIGH * first.width) / first.height)) : 0
  const places = Array.from({ length: count }, (_, at) => {
    const time = ((at + 0.5) * length) / count
    return frames.filter(({ from }) => from <= time).at(-1) ?? frames[0]
  })
  return (
    <div className="vau-strip" aria-hidden="true" ref={box}>
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
                transform: `scale(${scale}) translateX(-50%)`,
              }}
            />
          </span>
        )
      })}
    </div>
  )
}

function useWidth() {
  const box = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(0)
  useEffect(() => {
    const it = box.current
    if (!it) return undefined
    const seen = new ResizeObserver(() => setWidth(it.clientWidth))
    seen.observe(it)
    return () => seen.disconnect()
  }, [])
  return { box, width }
}
