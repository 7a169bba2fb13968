// What a platform says of itself (OpenID Connect discovery, LTI Dynamic Registration 1.0 section 3.3): fetched and checked before
// a word of it is believed.
import { config } from '../../../kernel/config.ts'
import { AppError } from '../../../kernel/errors.ts'
import { checkedUrl, FetchError, safeFetch } from '../../../kernel/safe-fetch.ts'
import { type Lms, lmsOf, lmsOfFamily } from '../lms/index.ts'
import { tokenAudienceOf } from '../lms/lms.ts'

export interface PlatformConfiguration {
  lms: Lms
  issuer: string
  authUrl: string
  tokenUrl: string
  jwksUrl: string
  registrationUrl: string
  audience: string | null
  scopes: string[]
  messages: { type: string; placements: string[] }[]
  product: string
  version: string
  /** Name of the account or school, where the platform tells it. */
  account: string
}

const capMs = 4_000
const maxBytes = 262_144
const platformClaim = 'https://purl.imsglobal.org/spec/lti-platform-configuration'

export function refused(reason: string, words: string, cause?: unknown): AppError {
  return new AppError('registration_refused', words, { reason, ...(cause === undefined ? {} : { cause }) })
}

/** Calls the platform; a call that cannot be made is a refusal with its reason. */
export async function askPlatform(
  address: string,
  request: Parameters<typeof safeFetch>[1],
  what: string,
): Promise<Record<string, unknown>> {
  const answer = await safeFetch(address, request).catch((error: unknown) => {
    if (!(error instanceof FetchError)) throw error
    throw refused(`registration_${error.code}`, `${what} of your LMS at ${hostOf(address)} cannot be had: ${error.message}.`)
  })
  if (answer.status < 200 || answer.status > 299) {
    const said = objectOf(parsed(answer.body))
    const why = text(said?.error_description, 200) || text(said?.error, 100)
    throw refused('registration_answer', `${what} of your LMS at ${hostOf(address)} answered ${answer.status}${why ? `: ${why}` : ''}.`)
  }
  const body = objectOf(parsed(answer.body))
  if (!body) throw refused('registration_answer', `${what} of your LMS at ${hostOf(address)} answered with something that is not JSON.`)
  return body
}

/** Fetches the configuration; `token` is sent where there is one: Canvas wants it (fact 6), Brightspace has none (fact 31). */
export async function platformConfiguration(address: string, token: string, expected: string | null): Promise<PlatformConfiguration> {
  const own = addressOf(address, 'openid_configuration')
  const headers = token ? { authorization: `Bearer ${token}` } : {}
  return configurationFrom(await askPlatform(own.href, { headers, timeoutMs: capMs, maxBytes }, 'The configuration'), own, expected)
}

function configurationFrom(said: Record<string, unknown>, own: URL, expected: string | null): PlatformConfiguration {
  const platform = objectOf(said[platformClaim])
  const product = text(platform?.product_family_code, 100)
  const lms = lmsOfFamily(product) ?? lmsOf(expected ?? '')
  const issuer = text(said.issuer, 500)
  const issuerUrl = addressOf(issuer, 'issuer')
  if (issuerUrl.search || issuerUrl.hash) throw refused('registration_issuer', 'The issuer of your LMS has a query or a fragment.')
  const vendors = (url: URL): boolean => lms.originPatterns.some((it) => matches(it, url))
  // Section 3.3: the issuer lies on the host that was asked; vendors' clouds that share one issuer are the exception.
  if (issuerUrl.host !== own.host && !(lms.sharedIssuers.includes(issuer) && (vendors(own) || playedHere(own))))
    throw refused(
      'registration_issuer',
      `The configuration at ${own.host} names another issuer, ${issuerUrl.host}. Register this LMS by hand, where you can say that both belong together.`,
    )
  const onIts = (name: string): string => {
    const url = addressOf(said[name], name)
    if (url.host !== own.host && url.host !== issuerUrl.host && !vendors(url))
      throw refused(
        'registration_endpoint',
        `The ${name.replaceAll('_', ' ')} of your LMS lies on another host, ${url.host}. Register this LMS by hand.`,
      )
    return url.href
  }
  needs(said.id_token_signing_alg_values_supported, 'RS256', 'sign launches with RS256')
  needs(said.token_endpoint_auth_methods_supported, 'private_key_jwt', 'take a signed assertion for access tokens (private_key_jwt)')
  const tokenUrl = onIts('token_endpoint')
  return {
    lms,
    issuer,
    authUrl: onIts('authorization_endpoint'),
    tokenUrl,
    jwksUrl: onIts('jwks_uri'),
    registrationUrl: onIts('registration_endpoint'),
    audience: audienceFrom(said.authorization_server, lms, tokenUrl),
    scopes: texts(said.scopes_supported),
    messages: messagesFrom(platform?.messages_supported),
    product,
    version: text(platform?.version, 100),
    account: text(platform?.['https://canvas.instructure.com/lti/account_name'], 200),
  }
}

/** Canvas writes a bare host into authorization_server, which is no audience; only an address is taken. */
function audienceFrom(said: unknown, lms: Lms, tokenUrl: string): string | null {
  const server = text(said, 500)
  if (/^https:\/\//.test(server) && URL.canParse(server)) return server
  return tokenAudienceOf(lms, tokenUrl) ?? null
}

/** An address that we would call: https and public, or loopback where development allows it. */
function addressOf(value: unknown, name: string): URL {
  try {
    return checkedUrl(text(value, 2000))
  } catch (error) {
    const why = error instanceof FetchError ? error.message : 'not an address'
    throw refused('registration_address', `The ${name.replaceAll('_', ' ')} that your LMS names cannot be used: ${why}.`)
  }
}

function needs(list: unknown, wanted: string, words: string): void {
  if (Array.isArray(list) && list.length > 0 && !list.includes(wanted))
    throw refused('registration_unsupported', `Your LMS says that it does not ${words}. Cuepoint needs that.`)
}

/** Development: a simulated LMS on this machine plays a vendor's cloud, with its issuer. */
function playedHere(url: URL): boolean {
  return config().allowLoopback && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname)
}

/** Does an origin pattern of an adapter (`https://*.example.com`) name this address? */
function matches(pattern: string, url: URL): boolean {
  return url.protocol === 'https:' && url.port === '' && url.hostname.endsWith(pattern.slice('https://*'.length))
}

function messagesFrom(list: unknown): PlatformConfiguration['messages'] {
  if (!Array.isArray(list)) return []
  return list.slice(0, 50).flatMap((it) => {
    const message = objectOf(it)
    const type = text(message?.type, 100)
    return type ? [{ type, placements: texts(message?.placements) }] : []
  })
}

export function objectOf(value: unknown): Record<string, unknown> | undefined {
  return value && typeof value === 'object' && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined
}

export function text(value: unknown, longest: number): string {
  return typeof value === 'string' && value.length <= longest ? value.toWellFormed().replaceAll('\0', '').trim() : ''
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.slice(0, 200).flatMap((it) => text(it, 300) || []) : []
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host : 'an unusable address'
}
