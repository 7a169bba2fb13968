// PURE: from what is known of a platform to the lines of the doctor.
import type { Check } from '@cuepoint/contracts'
import type { Ailment } from '../lms/advice/advice.ts'
import { adviceFor } from '../lms/advice/index.ts'
import { scopes as known } from '../services/grade-call.ts'
import type { Facts } from './facts.ts'

type Line = Omit<Check, 'mend' | 'name'>
const line = (light: Check['light'], says: string): Line => ({ light, says })

export const lineItemScope = 'https://purl.imsglobal.org/spec/lti-ags/scope/lineitem'

/** `2026-11-22 21:05 UTC` */
const when = (at: Date | string): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`

export function checksOf(facts: Facts): Check[] {
  const lines: Record<Exclude<Check['name'], 'status'>, Line> = {
    'platform-keys': platformKeys(facts),
    'tool-keys': toolKeys(facts),
    scopes: scopes(facts),
    deployments: deployments(facts),
    clock: clock(facts),
    launch: launch(facts),
    score: score(facts),
    'line-item': lineItem(facts),
  }
  const all = Object.entries(lines).map(([name, it]) => ({
    name: name as Check['name'],
    ...it,
    mend: it.light === 'green' ? null : adviceFor(facts.lms, name as Ailment),
  }))
  return facts.status === 'active'
    ? all
    : [
        {
          name: 'status',
          light: 'red',
          says: 'The registration waits for approval: its launches are refused until then.',
          mend: 'You: look at the registration and approve it if you know the school.',
        },
        ...all,
      ]
}

function platformKeys({ keys, keys_at, keys_call }: Facts): Line {
  const failed = keys_call && keys_call.outcome !== 'ok'
  if (failed) {
    const still = keys_at ? ` The keys of ${when(keys_at)} are used for up to a day.` : ''
    return line('red', `Its key set could not be fetched at ${when(keys_call.at)} (${keys_call.reason}).${still}`)
  }
  if (keys_call && (!keys_at || keys_at.getTime() + 5000 < Date.parse(keys_call.at)))
    return line('red', `Its address answered at ${when(keys_call.at)}, but not with a usable key set.`)
  if (!keys_at) return line('unknown', 'Its key set was never fetched: there was no launch yet.')
  return keys
    ? line('green', `${keys} ${keys === 1 ? 'key' : 'keys'}, fetched ${when(keys_at)}.`)
    : line('red', 'Its key set holds no key.')
}

/** Nobody tells who fetched our keys; a token that was given for a signature of ours proves that the LMS has the key. */
function toolKeys({ token_call, newest_kid, newest_kid_at }: Facts): Line {
  if (!token_call) return line('unknown', 'Not known yet: the LMS has given no access token so far.')
  if (token_call.outcome !== 'ok')
    return line('red', `The last access token was refused at ${when(token_call.at)} (${token_call.facts.error ?? token_call.reason}).`)
  if (token_call.facts.kid === newest_kid) return line('green', `It knows our newest key: a token was given for it ${when(token_call.at)}.`)
  return line(
    'yellow',
    `It knew an older key of ours ${when(token_call.at)}; the newest, of ${newest_kid_at ? when(newest_kid_at) : '–'}, was not used yet.`,
  )
}

const wanted: readonly [scope: string, words: string][] = [
  [known.score, 'write scores'],
  [known.result, 'read results'],
  [lineItemScope, 'manage gradebook columns'],
]

function scopes({ scopes: granted, memberships, scopes_at, token_call }: Facts): Line {
  if (!granted || !scopes_at) return line('unknown', 'Not known yet: no activity was opened so far.')
  const missing = wanted.filter(([scope]) => !granted.includes(scope)).map(([, words]) => words)
  if (!memberships) missing.push('read class lists')
  const cut = narrowed(token_call)
  if (missing.length === 0 && !cut) return line('green', `All are granted, by the launch of ${when(scopes_at)}.`)
  const vital = !granted.includes(known.score) || cut
  const says = missing.length > 0 ? `Not granted by the launch of ${when(scopes_at)}: ${missing.join(', ')}.` : ''
  return line(vital ? 'red' : 'yellow', [says, cut].filter(Boolean).join(' '))
}

/** A token for less than was asked: an administrator has taken scopes away (Canvas, fact 6). */
function narrowed(token: Facts['token_call']): string {
  const { asked, given } = token?.facts ?? {}
  if (typeof asked !== 'string' || typeof given !== 'string') return ''
  const lacking = asked.split(' ').filter((it) => !given.split(' ').includes(it))
  return lacking.length > 0 ? `The last access token lacks ${lacking.map((it) => it.split('/').at(-1)).join(', ')}.` : ''
}

function deployments({ pending, approved }: Facts): Line {
  if (pending > 0) return line('red', `${pending} ${pending === 1 ? 'installation waits' : 'installations wait'} for approval.`)
  return approved > 0
    ? line('green', `${approved} ${approved === 1 ? 'installation is' : 'installations are'} approved.`)
    : line('unknown', 'No installation has opened Cuepoint yet.')
}

function clock({ skews }: Facts): Line {
  if (!skews || skews.length === 0) return line('unknown', 'Not known yet: there was no launch and no answer so far.')
  const sorted = [...skews].sort((a, b) => a - b)
  const skew = Math.round(sorted[Math.floor(sorted.length / 2)] ?? 0)
  const says =
    Math.abs(skew) <= 1 ? 'The clocks agree.' : `The LMS’s clock is ${Math.abs(skew)} s ${skew > 0 ? 'ahead of' : 'behind'} ours.`
  if (Math.abs(skew) > 60) return line('red', `${says} Launches are refused beyond 60 s.`)
  return line(Math.abs(skew) > 10 ? 'yellow' : 'green', says)
}

function launch({ launch_ok, launch_refused }: Facts): Line {
  const refused =
    launch_refused &&
    `refused ${when(launch_refused.at)} (${launch_refused.reason}${launch_refused.code ? `, code ${launch_refused.code}` : ''})`
  if (!launch_ok) return refused ? line('red', `None went well so far; the last was ${refused}.`) : line('unknown', 'None so far.')
  if (launch_refused && launch_refused.at > launch_ok.at)
    return line('yellow', `One went well ${when(launch_ok.at)}; a later one was ${refused}.`)
  return line('green', `The last one went well, ${when(launch_ok.at)}.`)
}

function score({ score_accepted_at: accepted, score_refused_at: refused, score_refused, scores_waiting }: Facts): Line {
  const waiting = scores_waiting > 0 ? ` ${scores_waiting} ${scores_waiting === 1 ? 'waits' : 'wait'}.` : ''
  if (refused && (!accepted || refused > accepted))
    return line('red', `The last was refused ${when(refused)}: ${score_refused ?? 'no reason given'}.${waiting}`)
  if (accepted) return line('green', `The last was accepted ${when(accepted)}.${waiting}`)
  return scores_waiting > 0 ? line('yellow', `None was accepted so far.${waiting}`) : line('unknown', 'None was sent so far.')
}

function lineItem({ line_item_call: call }: Facts): Line {
  if (!call) return line('unknown', 'Not tried yet. “Try it out” makes one and deletes it again.')
  if (call.outcome !== 'ok')
    return line('red', `${call.facts.method === 'DELETE' ? 'Deleting' : 'Making'} it failed ${when(call.at)} (${call.reason}).`)
  return call.facts.method === 'DELETE'
    ? line('green', `Made and deleted again, ${when(call.at)}.`)
    : line('yellow', `Made ${when(call.at)}, but not deleted yet: try it out again.`)
}
