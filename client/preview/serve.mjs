// Shows the client without the real server, under the same CSP: node client/preview/serve.mjs [port] [dist folder]
// /preview?scene=start|open|timed|viewer|finished|hidden|refused|multi|empty opens a launch page (timed: &limit=seconds); /frame?scene=… frames it as an LMS would.
// PUT /preview/fault?is=session_expired|attempt_closed|answer_invalid|down|slow|none makes the API misbehave. Development only.
import { randomBytes, randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { outcomeOf, questions } from './school.mjs'

const port = Number(process.argv[2] ?? 4600)
const dist = process.argv[3] ?? new URL('../dist', import.meta.url).pathname
const launches = new Map()
const attempts = new Map()
let fault = 'none'
let limitSeconds = 5400

function world(scene) {
  const placementId = randomUUID()
  const attempt = openAttempt(scene, 1)
  const activity = {
    id: randomUUID(),
    kind: 'quiz',
    title: 'Photosynthesis, light and a falling ball',
    intro: '<p>Seven questions on last week’s reading. Take your time.</p>',
    questionCount: questions.length,
    maxScore: 12,
    attemptsAllowed: scene === 'multi' || scene === 'start' ? 3 : 1,
    counting: 'best',
    showAnswers: scene === 'hidden' ? 'never' : 'after-submit',
    timeLimitSeconds: scene === 'timed' || scene === 'start' ? 5400 : null,
  }
  const opened = ['open', 'timed', 'viewer'].includes(scene)
  const done = ['finished', 'hidden', 'refused', 'multi'].includes(scene)
  const it = { scene, placementId, activity, attempts: [], result: null, token: randomBytes(16).toString('hex') }
  if (opened || done) it.attempts.push(attempt)
  if (done) {
    attempt.answers = [
      { questionId: 'q1', seq: 1, value: { kind: 'single-choice', choiceId: 'b' } },
      { questionId: 'q2', seq: 1, value: { kind: 'multiple-choice', choiceIds: ['a', 'c'] } },
      { questionId: 'q3', seq: 1, value: { kind: 'true-false', value: true } },
      { questionId: 'q4', seq: 1, value: { kind: 'short-text', text: 'clorofil' } },
      { questionId: 'q6', seq: 1, value: { kind: 'ordering', itemIds: ['c', 'a', 'b'] } },
      {
        questionId: 'q7',
        seq: 1,
        value: {
          kind: 'matching',
          matches: [
            { promptId: 'p1', matchId: 'm1' },
            { promptId: 'p2', matchId: 'm3' },
          ],
        },
      },
    ]
    submit(it, attempt)
    if (scene === 'multi') {
      const second = openAttempt(scene, 2)
      it.attempts.push(second)
      submit(it, second)
    }
  }
  return it
}

function openAttempt(scene, number) {
  const attempt = {
    id: randomUUID(),
    number,
    state: 'open',
    title: 'Photosynthesis, light and a falling ball',
    intro: scene === 'timed' ? '' : '<p>Seven questions on last week’s reading. Take your time.</p>',
    questions,
    answers: [],
    savedAt: null,
    startedAt: new Date().toISOString(),
    deadlineAt: scene === 'timed' ? new Date(Date.now() + limitSeconds * 1000).toISOString() : null,
    serverNow: new Date().toISOString(),
    maxScore: 12,
    outcome: null,
  }
  attempts.set(attempt.id, attempt)
  return attempt
}

function submit(it, attempt) {
  attempt.state = 'submitted'
  attempt.outcome = outcomeOf(attempt, it.activity.showAnswers !== 'never')
  const state = it.scene === 'refused' ? 'refused' : it.scene === 'finished' || it.scene === 'multi' ? 'accepted' : 'waiting'
  const reason = state === 'refused' ? 'the gradebook column was deleted' : null
  // As the server does: `none` until a worker has looked at it.
  const sync = { state: state === 'waiting' ? 'none' : state, reason, at: null }
  it.result = { score: attempt.outcome.score, maxScore: 12, attempts: it.attempts.length, sync }
  const later = (ms, from, to) => setTimeout(() => sync.state === from && Object.assign(sync, { state: to }), ms)
  later(800, 'none', 'waiting')
  later(5000, 'waiting', 'accepted')
}

function playerOf(it) {
  const current = it.attempts.find(({ state }) => state === 'open')
  const allowed = it.activity.attemptsAllowed
  return {
    placementId: it.placementId,
    activity: it.activity,
    attempts: it.attempts.map(({ id, number, state, outcome, maxScore }) => ({
      id,
      number,
      state,
      score: outcome?.score ?? null,
      maxScore,
      submittedAt: outcome?.submittedAt ?? null,
    })),
    current: current ? { ...current, serverNow: new Date().toISOString() } : null,
    result: it.result,
    canStart: it.scene !== 'viewer' && !current && (allowed === null || it.attempts.length < allowed),
    records: it.scene !== 'viewer',
    practice: false,
  }
}

function launchOf(id, it) {
  return {
    session: {
      id,
      person: it.scene === 'viewer' ? null : { id: randomUUID(), name: 'Zoë O’Brien' },
      course: { id: randomUUID(), title: 'Biology 8b' },
      placement: { id: it.placementId, title: it.activity.title, activityId: it.activity.id },
      role: it.scene === 'viewer' ? 'viewer' : 'learner',
      purpose: 'activity',
      locale: 'en',
      platform: { name: 'Riverside Moodle', returnUrl: 'http://localhost:4000/course' },
      expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
    },
    island: it.scene === 'empty' ? 'empty' : 'player',
    player: playerOf(it),
    overview: null,
    deepLinking: null,
  }
}

function page(response, data) {
  const nonce = randomBytes(12).toString('base64')
  const manifest = JSON.parse(readFileSync(`${dist}/.vite/manifest.json`, 'utf8'))
  const main = manifest['src/main.tsx']
  const island = manifest[`src/islands/${data?.island ?? 'player'}/index.tsx`]
  const chunks = [...new Set([...(main.imports ?? []), ...(island.imports ?? [])])].map((name) => manifest[name])
  const css = [...new Set([main, island, ...chunks].flatMap((chunk) => chunk.css ?? []))]
  const scripts = [...new Set([island, ...chunks].map((chunk) => chunk.file))].filter((file) => file !== main.file)
  response.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; img-src 'self' data:; font-src 'self'; connect-src 'self'`,
  })
  response.end(`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Cuepoint</title><link rel="icon" href="data:,">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="csp-nonce" content="${nonce}">
${css.map((file) => `<link rel="stylesheet" href="/${file}">`).join('')}
${scripts.map((file) => `<link rel="modulepreload" href="/${file}">`).join('')}
<script type="module" src="/${main.file}"></script></head><body><div id="root"></div>
${data ? `<script type="application/json" id="launch">${JSON.stringify(data).replaceAll('<', '\\u003c')}</script>` : ''}</body></html>`)
}

const json = (response, status, body) => {
  response.writeHead(status, { 'content-type': status < 400 ? 'application/json' : 'application/problem+json' })
  response.end(JSON.stringify(body))
}
const problem = (response, status, code) =>
  json(response, status, { type: 'about:blank', title: code, status, code, supportCode: 'K7Q2-MX' })

async function api(request, response, path, body) {
  const it = [...launches.values()].find(({ token }) => request.headers.authorization === `Bearer ${token}`)
  if (fault === 'down') return response.destroy()
  if (fault === 'slow') await new Promise((done) => setTimeout(done, 3000))
  if (fault === 'session_expired' || !it) return problem(response, 401, 'session_expired')
  const launchId = [...launches].find(([, value]) => value === it)[0]
  if (path === '/api/launch') return json(response, 200, launchOf(launchId, it))
  if (path.endsWith('/player')) return json(response, 200, playerOf(it))
  if (path.endsWith('/attempts')) {
    if (fault === 'activity_deleted') return problem(response, 410, fault)
    const open = it.attempts.find(({ state }) => state === 'open')
    if (!open) it.attempts.push(openAttempt(it.scene, it.attempts.length + 1))
    return json(response, 200, it.attempts.at(-1))
  }
  const attempt = attempts.get(path.split('/')[3])
  if (!attempt) return problem(response, 404, 'attempt_not_found')
  if (request.method === 'GET') return json(response, 200, attempt)
  if (fault === 'attempt_closed') {
    if (attempt.state === 'open') submit(it, attempt)
    return problem(response, 409, fault)
  }
  if (fault === 'answer_invalid' && body.answers.some(({ questionId }) => questionId === 'q4')) return problem(response, 400, fault)
  for (const answer of body.answers) {
    const before = attempt.answers.find(({ questionId }) => questionId === answer.questionId)
    if (!before) attempt.answers.push(answer)
    else if (before.seq < answer.seq) Object.assign(before, answer)
  }
  attempt.savedAt = new Date().toISOString()
  if (path.endsWith('/submit')) {
    if (attempt.state === 'open') submit(it, attempt)
    return json(response, 200, attempt)
  }
  json(response, 200, { savedAt: attempt.savedAt, saved: attempt.answers.map(({ questionId, seq }) => ({ questionId, seq })) })
}

const server = createServer(async (request, response) => {
  const url = new URL(request.url ?? '/', 'http://x')
  const chunks = []
  for await (const chunk of request) chunks.push(chunk)
  const text = Buffer.concat(chunks).toString()
  if (url.pathname === '/preview/fault') {
    fault = url.searchParams.get('is') ?? 'none'
    return json(response, 200, { fault })
  }
  if (url.pathname === '/preview') {
    const id = randomUUID()
    limitSeconds = Number(url.searchParams.get('limit') ?? 5400)
    const it = world(url.searchParams.get('scene') ?? 'open')
    launches.set(id, it)
    return page(response, { ...launchOf(id, it), token: it.token })
  }
  if (url.pathname === '/frame') {
    response.writeHead(200, { 'content-type': 'text/html' })
    return response.end(`<body style="margin:0;font-family:sans-serif"><h1>An LMS</h1>
<iframe title="activity" src="http://127.0.0.1:${port}/preview${url.search}" style="width:100%;height:300px;border:1px solid"></iframe>
<script>onmessage=(e)=>{try{const m=JSON.parse(e.data);if(m.subject==='lti.frameResize')document.querySelector('iframe').style.height=m.height+'px'}catch{}}</script>`)
  }
  if (url.pathname.startsWith('/a/')) return page(response, null)
  if (/^\/api\/launches\/.*\/resume$/.test(url.pathname)) return problem(response, 401, 'session_missing')
  if (url.pathname.startsWith('/api/')) return api(request, response, url.pathname, text ? JSON.parse(text) : undefined)
  try {
    const file = readFileSync(dist + url.pathname)
    response.writeHead(200, { 'content-type': url.pathname.endsWith('.css') ? 'text/css' : 'text/javascript' })
    response.end(file)
  } catch {
    response.writeHead(404).end()
  }
})
server.listen(port, () => process.stdout.write(`http://localhost:${port}/preview?scene=open\n`))
