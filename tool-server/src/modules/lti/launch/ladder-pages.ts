// The pages of the launch ladder: store the binding with the platform, ask for it again, or go on in a new window.
// LTI Client Side postMessages 1.0 and Platform Storage 1.0. The script stands in the page under the page's own nonce.
import { readFileSync } from 'node:fs'
import type { Response } from 'express'
import { config } from '../../../kernel/config.ts'
import { Html, html, jsonForHtml, sendPage } from '../../../kernel/http/page.ts'
import type { Lms } from '../lms/index.ts'

const script = readFileSync(new URL('./ladder-script.js', import.meta.url), 'utf8')

/** Our own script under the page's nonce. */
function withScript(task: object): (nonce: string) => Html {
  return (nonce) =>
    html`<script type="application/json" id="task">${jsonForHtml(task)}</script><script type="module" nonce="${nonce}">${new Html(script)}</script>`
}

export interface StorageTask {
  /** Name of the platform's storage frame, from lti_storage_target. */
  storageTarget: string
  /** The named frame is spoken to at this origin only: that of the authorisation endpoint. */
  platformOrigin: string
  /** Where the platform's own window may lie, for those whose frame has no storage frame: exact, or `https://*.` patterns. */
  origins: readonly string[]
  key: string
}

/** Stores the binding with the platform, then goes to the authorisation endpoint (`next`); where nobody answers, it is asked whether our cookie stayed. */
export function sendStoragePage(response: Response, task: StorageTask & { value: string; next: string; unanswered: string }): void {
  sendPage(response, {
    title: 'Opening…',
    framedBy: 'anyone',
    kind: 'plain',
    head: withScript({ do: 'put', ...task }),
    body: html`<main><h1>Opening…</h1><p>One moment: your course is being asked who you are.</p>
<p id="slow" hidden>Your course takes long to answer. You may wait, or try once more.<br><br><a class="button" href="${task.next}">Try again</a></p>
<noscript><p><a class="button" href="${task.next}">Continue</a></p></noscript></main>`,
  })
}

export interface Held {
  idToken: string
  state: string
}

/** The cookie did not come back: asks the platform's storage for the binding and posts the launch again with it. */
export function sendStorageAskPage(response: Response, task: StorageTask, held: Held, where: NewWindow): void {
  sendPage(response, {
    title: 'Opening…',
    framedBy: 'anyone',
    kind: 'plain',
    head: withScript({ do: 'get', ...task }),
    body: html`<main><h1>Opening…</h1><p id="words">One moment: your browser is being recognised.</p>
<form id="again" method="post" action="/lti/launch">
<input type="hidden" name="id_token" value="${held.idToken}"><input type="hidden" name="state" value="${held.state}">
<input type="hidden" name="storage_binding" id="binding"><input type="hidden" name="storage_asked" value="1"></form>
<div id="window" hidden>${newWindow(where)}</div></main>`,
  })
}

/** Where the window leads, and whose course it is. */
export interface NewWindow {
  href: string
  lms: Lms
}

/** No rung of the ladder held in this frame: offers a window of our own, reachable by keyboard. */
export function sendNewWindowPage(response: Response, where: NewWindow & { supportCode: string }): void {
  sendPage(response, {
    status: 401,
    title: 'Open in a new window',
    framedBy: 'anyone',
    kind: 'plain',
    body: html`<main><h1>Open in a new window</h1>
${newWindow(where)}
<p class="code">Support code: <code>${where.supportCode}</code></p></main>`,
  })
}

/** The button, and what can be done where the LMS does not launch the same thing twice (Canvas, where a first try has spent its hint). */
function newWindow({ href, lms }: NewWindow): Html {
  return html`<p>Your browser does not let this page recognise you inside the course. In a window of its own it can.</p>
<p><a class="button" href="${href}" target="_blank" rel="noopener">Open in a new window</a></p>
<h2>If that window does not show the activity</h2>
<ul><li>Allow cookies for <strong>${new URL(config().publicUrl).host}</strong> in your browser’s settings for this page, then reload the page of your course.</li>
<li>Or open your course in another browser, such as Firefox, Chrome or Edge on a computer.</li>
<li>Or tell your teacher. They can mend it for everybody: ${lms.ownTab}.</li></ul>`
}
