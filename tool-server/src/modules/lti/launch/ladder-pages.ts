// The pages of the launch ladder: store the binding with the platform, ask for it again, or go on in a new window.
// LTI Client Side postMessages 1.0 and Platform Storage 1.0. The script stands in the page under the page's own nonce.
import { readFileSync } from 'node:fs'
import type { Response } from 'express'
import { Html, html, jsonForHtml, sendPage } from '../../../kernel/http/page.ts'

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

/** Stores the binding with the platform, then goes to the authorisation endpoint; goes on without when nobody answers. */
export function sendStoragePage(response: Response, task: StorageTask & { value: string; next: string }): void {
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
export function sendStorageAskPage(response: Response, task: StorageTask, held: Held): void {
  sendPage(response, {
    title: 'Opening…',
    framedBy: 'anyone',
    kind: 'plain',
    head: withScript({ do: 'get', ...task }),
    body: html`<main><h1>Opening…</h1><p id="words">One moment: your browser is being recognised.</p>
<form id="again" method="post" action="/lti/launch">
<input type="hidden" name="id_token" value="${held.idToken}"><input type="hidden" name="state" value="${held.state}">
<input type="hidden" name="storage_binding" id="binding"><input type="hidden" name="storage_asked" value="1"></form>
${newWindow(held.state, true)}</main>`,
  })
}

/** No rung of the ladder held in this frame: offers a window of our own, reachable by keyboard. */
export function sendNewWindowPage(response: Response, where: { href: string; supportCode: string }): void {
  sendPage(response, {
    status: 401,
    title: 'Open in a new window',
    framedBy: 'anyone',
    kind: 'plain',
    body: html`<main><h1>Open in a new window</h1>
<p>Your browser does not let this page recognise you inside the course. In a window of its own it can.</p>
<p><a class="button" href="${where.href}" target="_blank" rel="noopener">Open in a new window</a></p>
<p class="code">Support code: <code>${where.supportCode}</code></p></main>`,
  })
}

function newWindow(state: string, hidden: boolean): Html {
  return html`<p id="window"${hidden ? new Html(' hidden') : ''}>Your browser does not let this page recognise you inside the course. In a window of its own it can.<br><br>
<a class="button" href="/lti/again/${encodeURIComponent(state)}" target="_blank" rel="noopener">Open in a new window</a></p>`
}
