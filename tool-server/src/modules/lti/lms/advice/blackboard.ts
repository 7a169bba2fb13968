import type { Advice } from './advice.ts'

export const blackboard: Partial<Advice> = {
  'tool-keys':
    'Whoever registered Cuepoint at developer.blackboard.com (Anthology): open the application there and enter the address of Cuepoint’s keys (it ends in /lti/keys) as “Tool JWKS URL”.',
  scopes:
    'The Blackboard administrator: Administrator Panel > LTI Tool Providers > Cuepoint > Edit: “Allow grade service access: Yes” and “Allow Membership Service Access: Yes”. Then a teacher opens any activity once.',
  deployments:
    'The Blackboard administrator: Administrator Panel > LTI Tool Providers > Register LTI 1.3 Tool, enter the client id, and send the deployment id shown there to you. You: approve it below.',
  score:
    'The Blackboard administrator: LTI Tool Providers > Cuepoint > Edit > Allow grade service access: Yes. The person must be enrolled as a student.',
}
