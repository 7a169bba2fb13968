// The one file that knows ltijs: it signs successful deep-linking responses. Loaded when first needed (0.4 s, mongoose comes
// along) and never deployed: deploy() and its SIGINT handler would end our process.
import { newToken } from '../../kernel/clock.ts'
import type { DeepLinkingSettings } from './launch/claims.ts'
import { ltijsStore } from './ltijs-store.ts'
import type { Registration } from './platforms/registry.ts'

interface Provider {
  setup(key: string, database: { plugin: object }, options: object): unknown
  DeepLinking: {
    createDeepLinkingMessage(idtoken: object, items: readonly object[], options: object): Promise<string>
  }
}

let provider: Promise<Provider> | undefined

function ltijs(): Promise<Provider> {
  provider ??= import('ltijs').then((loaded: { Provider?: Provider; default?: { Provider: Provider } }) => {
    const found = loaded.Provider ?? loaded.default?.Provider
    if (!found) throw new Error('ltijs exports no Provider')
    // The key would sign ltijs's own cookies and tokens, of which there are none here.
    found.setup(newToken(), { plugin: ltijsStore }, { cors: false })
    return found
  })
  return provider
}

/** A signed LtiDeepLinkingResponse (Deep Linking 2.0, section 4.5) with these content items. */
export async function signDeepLinkingResponse(
  registration: Registration,
  deploymentId: string,
  settings: DeepLinkingSettings,
  items: readonly object[],
  options: { message?: string; log?: string },
): Promise<string> {
  const { DeepLinking } = await ltijs()
  const idtoken = {
    iss: registration.issuer,
    clientId: registration.clientId,
    deploymentId,
    platformContext: {
      deepLinkingSettings: {
        deep_link_return_url: settings.returnUrl,
        accept_types: ['ltiResourceLink'],
        accept_multiple: settings.acceptsMultiple,
        ...(settings.data === null ? {} : { data: settings.data }),
      },
    },
  }
  return DeepLinking.createDeepLinkingMessage(idtoken, items, options)
}
