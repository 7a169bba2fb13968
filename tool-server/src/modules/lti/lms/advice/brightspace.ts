import type { Advice } from './advice.ts'

export const brightspace: Partial<Advice> = {
  'tool-keys':
    'The Brightspace administrator: Manage Extensibility > LTI Advantage > Cuepoint: enter the address of Cuepoint’s keys (it ends in /lti/keys) as Keyset URL. You: the audience of token requests must be https://api.brightspace.com/auth/token.',
  scopes:
    'The Brightspace administrator: Manage Extensibility > LTI Advantage > Cuepoint > Extensions: tick Assignment and Grade Services and Names and Role Provisioning Services, then save and check that the deployment offers them too. Then a teacher opens any activity once.',
  deployments:
    'The Brightspace administrator: Admin Tools > External Learning Tools > LTI Advantage > New Deployment: choose Cuepoint, make it available to the org units, and enable it. You: approve it below.',
  score:
    'The teacher: Brightspace makes no grade item by itself; open the activity once as a teacher. The person must be enrolled with a gradable role.',
}
