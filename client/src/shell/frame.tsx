// What stands around every island: an error boundary, live regions, frame height. InstUI's dress is the islands' own (dressed.tsx).
import { type ReactNode, useEffect, useRef } from 'react'
import { ErrorBoundary } from './error-boundary.tsx'
import { tellFrameHeight } from './frame-height.ts'
import { LiveRegions } from './live-region.tsx'
import './shell.css'

export function Shell({ children }: { children: ReactNode }) {
  const frame = useRef<HTMLDivElement>(null)
  useEffect(() => (frame.current ? tellFrameHeight(frame.current) : undefined), [])
  return (
    <div className="cp" ref={frame}>
      <ErrorBoundary>{children}</ErrorBoundary>
      <LiveRegions />
    </div>
  )
}
