import type { Advice } from './advice.ts'

export const moodle: Partial<Advice> = {
  'platform-keys':
    'The Moodle administrator: check that /mod/lti/certs.php of the site answers from outside, over https, without a sign-in or maintenance page.',
  'tool-keys':
    'The Moodle administrator: Site administration > Plugins > Activity modules > External tool > Manage tools > Cuepoint (gear): Public key type “Keyset URL”, and the address of Cuepoint’s keys (it ends in /lti/keys).',
  scopes:
    'The Moodle administrator: Manage tools > Cuepoint (gear) > Services: IMS LTI Assignment and Grade Services “Use this service for grade sync and column management”, IMS LTI Names and Role Provisioning “Use this service…”. Privacy > Accept grades from the tool: Always. Then a teacher opens any activity once.',
  deployments:
    'You: approve the installation below if you know the school. The Moodle administrator: Manage tools > Cuepoint: activate the tool if it is “Pending”, then a teacher adds it to a course.',
  score:
    'The Moodle administrator: Manage tools > Cuepoint (gear) > Privacy > Accept grades from the tool must be “Always”. Moodle takes grades of students only: check the person’s role in the course.',
  'line-item':
    'The Moodle administrator: Manage tools > Cuepoint (gear) > Services > Assignment and Grade Services: choose “Use this service for grade sync and column management”.',
}
