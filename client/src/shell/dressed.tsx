// What InstUI's pieces need around them: the Canvas theme, and their styles under the page's CSP nonce. Every island wears it, except the
// first look of a video, which must not wait for it.
import createCache from '@emotion/cache'
import { CacheProvider, InstUISettingsProvider } from '@instructure/emotion'
import { canvas } from '@instructure/ui-themes'
import type { ComponentType, ReactNode } from 'react'
import { nonce } from './nonce.ts'

const cache = createCache({ key: 'cp', ...(nonce ? { nonce } : {}) })

function Dressed({ children }: { children: ReactNode }) {
  return (
    <CacheProvider value={cache}>
      <InstUISettingsProvider theme={canvas}>{children}</InstUISettingsProvider>
    </CacheProvider>
  )
}

/** An island in its dress. */
export function dressed<P extends object>(Bare: ComponentType<P>): (props: P) => ReactNode {
  return function InDress(props: P) {
    return (
      <Dressed>
        <Bare {...props} />
      </Dressed>
    )
  }
}
