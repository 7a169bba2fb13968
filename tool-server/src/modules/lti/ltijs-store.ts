// ltijs's database plugin over our own tables: it sees registrations and the tool key, and keeps nothing itself.
import { publishedKeys, toolKey } from './platforms/keys.ts'
import { listRegistrations } from './platforms/registry.ts'

type Row = Record<string, unknown>

async function platforms(): Promise<Row[]> {
  const { kid } = await toolKey()
  return (await listRegistrations()).map((it) => ({
    platformName: it.name,
    platformUrl: it.issuer,
    clientId: it.clientId,
    authEndpoint: it.authUrl,
    accesstokenEndpoint: it.tokenUrl,
    authorizationServer: it.audience ?? it.tokenUrl,
    kid,
    active: it.status === 'active',
    authConfig: { method: 'JWK_SET', key: it.jwksUrl },
  }))
}

const collections: Record<string, () => Promise<Row[]>> = {
  platform: platforms,
  platformStatus: async () => [{ active: true }],
  publickey: async () => (await publishedKeys()).keys.map((key) => ({ key, kid: (key as { kid: string }).kid })),
  privatekey: async () => {
    const { kid, pem } = await toolKey()
    return [{ kid, key: pem }]
  },
}

const readOnly = async (): Promise<never> => {
  throw new Error('ltijs may not write here: launches, sessions and tokens are ours (docs/decisions/0001-ltijs.md)')
}

/** The seven methods that ltijs asks of a plugin. */
export const ltijsStore = {
  setup: async (): Promise<boolean> => true,
  Close: async (): Promise<boolean> => true,
  Get: async (_encryptionKey: unknown, collection: string, wanted: Row = {}): Promise<Row[] | false> => {
    const rows = (await collections[collection]?.()) ?? []
    const found = rows.filter((row) => Object.entries(wanted).every(([name, value]) => !(name in row) || row[name] === value))
    return found.length > 0 ? found : false
  },
  Insert: readOnly,
  Replace: readOnly,
  Modify: readOnly,
  Delete: readOnly,
}
