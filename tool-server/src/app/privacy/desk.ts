// The calls of the administration on people's data.
import {
  erasePerson as eraseCall,
  findPeople as findCall,
  getPrivacyDesk,
  listPrivacyDeeds,
  type PrivacyDesk,
  type PrivacySettings,
  previewRetention as previewCall,
  savePrivacy,
} from '@cuepoint/contracts'
import { transaction } from '../../kernel/db.ts'
import { notFound } from '../../kernel/errors.ts'
import { implement } from '../../kernel/http/implement.ts'
import { log } from '../../kernel/log.ts'
import { findPeople, institutionNames, keepPrivacySettings, privacySettings, usualPrivacy } from '../../modules/identity/index.ts'
import { deedsOf, noteDeed } from './deeds.ts'
import { erasePerson } from './erasing.ts'
import { exportPage } from './exporting.ts'
import { previewRetention } from './retention.ts'

export const privacyRoutes = [
  implement(getPrivacyDesk, desk),
  implement(savePrivacy, async ({ caller, body }) => {
    await save(caller.operatorSessionId, body.institutionId, body.settings)
    return { ok: true as const }
  }),
  implement(previewCall, ({ body }) => previewRetention(body.institutionId, body.workMonths, body.recordMonths)),
  implement(listPrivacyDeeds, ({ body }) => deedsOf(body.institutionId)),
  implement(findCall, ({ body }) => findPeople(body.institutionId, body.text)),
  implement(eraseCall, ({ caller, body }) => erasePerson(caller.operatorSessionId, body)),
  exportPage,
]

async function desk(): Promise<PrivacyDesk> {
  const [names, settings] = await Promise.all([institutionNames(), privacySettings()])
  return { institutions: [...names].map(([id, name]) => ({ id, name, settings: settings.get(id) ?? usualPrivacy })) }
}

async function save(operatorSessionId: string, institutionId: string, settings: PrivacySettings): Promise<void> {
  if (!(await institutionNames()).has(institutionId)) throw notFound()
  await transaction(async (tx) => {
    await keepPrivacySettings(tx, institutionId, settings)
    await noteDeed(tx, { institutionId, deed: 'settings', operatorSessionId, personId: null, facts: { ...settings } })
  })
  log.info({ audit: 'privacy-settings', operatorSessionId, tenant: institutionId, ...settings }, 'an institution’s privacy was set')
}
