// GET and POST /lti/register: what an LMS administrator sees inside the LMS's frame. The GET changes nothing and calls nobody (a link
// may be looked at by a scanner or twice by a browser); the button registers.
import type { Request, Response } from 'express'
import { Html, html, sendPage } from '../../../kernel/http/page.ts'
import { lmsOf } from '../lms/index.ts'
import { type Registered, registerPlatform } from './dynamic-registration.ts'
import { refused } from './platform-configuration.ts'
import { registrationLink, unusable } from './registration-links.ts'

interface Asked {
  link: string
  openIdConfiguration: string
  token: string
}

const longest = 8_000

/** An LMS that puts its parameters behind a second question mark is understood too. */
function askedFrom(source: Record<string, unknown>): Asked {
  const given = (name: string): string => {
    const value = source[name]
    return typeof value === 'string' && value.length <= longest ? value : ''
  }
  const [link = '', more = ''] = given('link').split('?', 2)
  const behind = new URLSearchParams(more)
  const parameter = (name: string): string => given(name) || (behind.get(name) ?? '')
  return { link, openIdConfiguration: parameter('openid_configuration'), token: parameter('registration_token') }
}

export async function askToRegister(request: Request, response: Response): Promise<void> {
  const asked = askedFrom(request.query as Record<string, unknown>)
  const link = await registrationLink(asked.link)
  if (link.state !== 'open') throw unusable(link)
  if (!asked.openIdConfiguration) return sendCopyThis(response, link.lms)
  if (!URL.canParse(asked.openIdConfiguration))
    throw refused('registration_address', 'Your LMS does not say where its configuration is (openid_configuration).')
  const { host } = new URL(asked.openIdConfiguration)
  sendPage(response, {
    title: 'Connect Cuepoint',
    framedBy: 'anyone',
    kind: 'plain',
    body: html`<main><h1>Connect Cuepoint with ${host}</h1>
<p>Cuepoint will be registered as a tool of this LMS, under the name “${link.name}” at Cuepoint. It asks for:</p>
<ul><li>launches from courses, and a place where teachers add activities,</li><li>sending scores to the gradebook, and reading them back,</li>
<li>the names and roles of the people in a course, for the teacher’s overview.</li></ul>
<p>Afterwards an administrator of Cuepoint has to approve it. Nobody can open anything before that.</p>
<form method="post" action="/lti/register">
<input type="hidden" name="link" value="${asked.link}"><input type="hidden" name="openid_configuration" value="${asked.openIdConfiguration}">
<input type="hidden" name="registration_token" value="${asked.token}">
<p><button type="submit">Register Cuepoint</button></p></form></main>`,
  })
}

export async function registerFromPage(request: Request, response: Response): Promise<void> {
  const registered = await registerPlatform(askedFrom((request.body ?? {}) as Record<string, unknown>))
  sendRegistered(response, registered)
}

/** Opened in a browser instead of being pasted into an LMS. */
function sendCopyThis(response: Response, lms: string | null): void {
  sendPage(response, {
    title: 'Paste this address into your LMS',
    framedBy: 'anyone',
    kind: 'plain',
    body: html`<main><h1>Paste this address into your LMS</h1>
<p>This is a registration link for ${lms ? lmsOf(lms).title : 'an LMS'}. It does nothing in a browser window of its own: copy the address of this page, and paste it where your LMS asks for a
registration URL of a tool. It can be used once.</p></main>`,
  })
}

/** https://www.imsglobal.org/spec/lti-dr/v1p0 section 3.7: the platform's window is asked to close this one. The message holds no secret. */
const closeScript = `document.getElementById('close').addEventListener('click',()=>(window.opener??window.parent).postMessage({subject:'org.imsglobal.lti.close'},'*'));
if(window.opener||window.parent!==window)document.getElementById('back').hidden=false;document.querySelector('h1').focus()`

function sendRegistered(response: Response, { name, lms, granted }: Registered): void {
  const missing = granted.refusedScopes.map((it) => html`<li>${scopeWords(it)}</li>`)
  sendPage(response, {
    title: 'Cuepoint is registered and waits for approval',
    framedBy: 'anyone',
    kind: 'plain',
    head: (nonce) => html`<script type="module" nonce="${nonce}">${new Html(closeScript)}</script>`,
    body: html`<main><h1 tabindex="-1">Cuepoint is registered and waits for approval</h1>
<p>Two things are left:</p>
<ol><li><strong>In your LMS.</strong> ${lms.afterRegistration}</li>
<li><strong>At Cuepoint.</strong> An administrator of Cuepoint approves “${name}”. If that is not you, tell the person who gave you the link.</li></ol>
<p>Until both are done, launches are refused with a page that says so. The registration link cannot be used again.</p>
${missing.length > 0 ? html`<p class="who">Your LMS did not grant everything that was asked for. Without it this does not work:</p><ul>${missing}</ul>` : new Html('')}
<p id="back" hidden><button type="button" id="close">Close and go back to ${lms.title}</button></p></main>`,
  })
}

const scopeMeanings: readonly (readonly [RegExp, string])[] = [
  [/lti-ags\/scope\/score$/, 'sending scores to the gradebook'],
  [/lti-ags\/scope\/result\.readonly$/, 'reading scores back from the gradebook'],
  [/lti-ags\/scope\/lineitem/, 'seeing and making gradebook columns'],
  [/lti-nrps\//, 'the list of people in a course'],
  [/noticehandlers$/, 'notices of copied courses'],
  [/lti-gs\//, 'the groups of a course'],
]

/** A scope in words. */
export function scopeWords(scope: string): string {
  return scopeMeanings.find(([pattern]) => pattern.test(scope))?.[1] ?? scope
}
