// What stands around every island: the Canvas theme, styles under the page's CSP nonce, an error boundary, live regions, frame height.
import createCache from '@emotion/cache'
import { CacheProvider, InstUISettingsProvider } from '@instructure/emotion'
import { canvas } from '@instructure/ui-themes'
import { type ReactNode, useEffect, useRef } from 'react'
import { ErrorBoundary } from './error-boundary.tsx'
import { tellFrameHeight } from './frame-height.ts'
import { LiveRegions } from './live-region.tsx'
import './shell.css'

const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content
const cache = createCache({ key: 'cp', ...(nonce ? { nonce } : {}) })

export function Shell({ children }: { children: ReactNode }) {
  const frame = useRef<HTMLDivElement>(null)
  useEffect(() => (frame.current ? tellFrameHeight(frame.current) : undefined), [])
  return (
    <CacheProvider value={cache}>
      <InstUISettingsProvider theme={canvas}>
        <div className="cp" ref={frame}>
          <ErrorBoundary>{children}</ErrorBoundary>
          <LiveRegions />
        </div>
      </InstUISettingsProvider>
    </CacheProvider>
  )
}
