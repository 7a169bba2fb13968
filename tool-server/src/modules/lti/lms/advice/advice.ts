// Who must click what in an LMS when a line of the setup doctor is not green: data per LMS, plain words where nothing is special.
export type Ailment = 'platform-keys' | 'tool-keys' | 'scopes' | 'deployments' | 'clock' | 'launch' | 'score' | 'line-item'
export type Advice = Record<Ailment, string>

export const generic: Advice = {
  'platform-keys':
    'The LMS administrator: check that the LMS publishes its key set at the address registered here, over https and to the public internet.',
  'tool-keys':
    'The LMS administrator: open the registration of Cuepoint in the LMS and enter its key set address (it ends in /lti/keys); do not paste a single key, because keys change.',
  scopes:
    'The LMS administrator: open the registration of Cuepoint in the LMS and switch on every service of Assignment and Grades, and Names and Roles. Then a teacher opens any activity once.',
  deployments:
    'You: approve the installation below if you know the school. The LMS administrator: make Cuepoint available in at least one course and open it once.',
  clock: 'Whoever runs the LMS server: switch on its time synchronisation (NTP). Also check the clock of the server that Cuepoint runs on.',
  launch: 'A teacher: open any Cuepoint activity in the LMS. If it is refused, look for the support code of the page under Launches.',
  score:
    'The LMS administrator: check that Cuepoint may write grades. The teacher: check that the course is published, the column exists, and the person is a student of the course.',
  'line-item':
    'The LMS administrator: let Cuepoint manage its own gradebook columns (the line item scope). Scores to columns made by the LMS work without it.',
}
