import type { Advice } from './advice.ts'

export const canvas: Partial<Advice> = {
  'platform-keys':
    'You: the key set of hosted Canvas is https://sso.canvaslms.com/api/lti/security/jwks (sso.beta and sso.test for the test systems). Register the platform with that address.',
  'tool-keys':
    'The Canvas administrator: Admin > Developer Keys > the key of Cuepoint > Edit > Method “Public JWK URL”, and enter the address of Cuepoint’s keys (it ends in /lti/keys). Check that the key’s state is ON.',
  scopes:
    'The Canvas administrator: Admin > Developer Keys > the key of Cuepoint > Edit > LTI Advantage Services: switch on all of them, save, and remove and add the app again where Canvas asks for it. Then a teacher opens any activity once.',
  deployments:
    'You: approve the installation below if you know the school. The Canvas administrator: Admin > Settings > Apps > View App Configurations > + App > By Client ID, and enter the client id shown here.',
  score:
    'The teacher: check that the course is published and the person is a student in it (“User not found or not a student” usually means an unpublished course). The Canvas administrator: Developer Keys > Cuepoint: “Can create and update submission results” must be on.',
  'line-item':
    'The Canvas administrator: Admin > Developer Keys > the key of Cuepoint > Edit: switch on “Can create and view assignment data in the gradebook”.',
}
