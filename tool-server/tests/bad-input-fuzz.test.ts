// Every endpoint of the contracts, called at random, the same way in every run: no 5xx, no stack, one shape of refusal.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startSchool } from './_app.ts'
import {
  deep,
  expectProblem,
  leavesOf,
  type Name,
  names,
  openScene,
  replaced,
  type Scene,
  type Sent,
  send,
  takesBody,
} from './_endpoints.ts'

let scene: Scene
beforeAll(async () => {
  scene = await openScene(await startSchool({ worker: false, env: { LOG_LEVEL: 'silent' } }))
})
afterAll(() => scene?.school.stop())

/** mulberry32: the same calls in every run. */
function chances(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

/** JSON texts that are at home nowhere, or just about. */
const leaves = String.raw`
null true 0 -1 1e309 1e-320 9007199254740991 -2147483649 0.1 [] {} "" "\u0020" "\u0000" "a\u0000b" "\ud800" "\udfff\ud800" "😀"
"__proto__" "constructor" "toString" "../../package" "quiz" "best" "2026-13-45T99:99:99Z" "<script>alert(1)</script>" "%s%n" "\u202e" "7,5"
"00000000-0000-0000-0000-000000000000" {"__proto__":{"a":1}} "';drop\u0020table\u0020people;--"`
  .trim()
  .split(/\s+/)
  .concat(deep(60), ...['x'.repeat(2001), '😀'.repeat(300), '<b>'.repeat(3000), '&'.repeat(20_000)].map((it) => JSON.stringify(it)))

function fuzzed(name: Name, chance: () => number): Sent {
  const pick = <T>(all: readonly T[]): T => all[Math.floor(chance() * all.length)] as T
  const tree = (levels: number): string => {
    if (levels === 0 || chance() < 0.4) return pick(leaves)
    const parts = Array.from({ length: Math.floor(chance() * 4) }, () => tree(levels - 1))
    return chance() < 0.5
      ? `[${parts}]`
      : `{${parts.map((it, at) => `"${pick(['id', 'kind', 'title', 'answers', 'items', '__proto__', 'value', 'key'])}${at || ''}":${it}`)}}`
  }
  const { good, tokens } = scene
  const { body, params } = good[name]
  const sent: Sent = {}
  if (takesBody.includes(name)) {
    const spots = leavesOf(body)
    const kind = chance()
    if (spots.length > 0 && kind < 0.7) sent.body = replaced(body, pick(spots)[0], kind < 0.6 ? pick(leaves) : tree(3))
    else if (kind < 0.85) sent.body = tree(5)
    else sent.body = Uint8Array.from({ length: 40 }, () => Math.floor(chance() * 256))
    if (chance() < 0.05)
      sent.headers = { 'content-type': pick(['text/json', 'application/json; charset=utf-16', 'application/problem+json', '*/*', '']) }
  }
  const ids = Object.keys(params ?? {})
  if (ids.length > 0 && chance() < (sent.body ? 0.1 : 0.9))
    sent.params = {
      [pick(ids)]: pick([
        randomUUID(),
        ...Object.values(good).flatMap((it) => Object.values(it.params ?? {})),
        encodeURIComponent(pick(leaves).slice(0, 500).toWellFormed()),
        '%ff',
        '.',
      ]),
    }
  if (chance() < 0.1) sent.token = `Bearer ${pick([...Object.values(tokens), ...Object.values(good).map((it) => it.token)])}`
  if (chance() < 0.1)
    sent.headers = {
      ...sent.headers,
      [pick(['accept', 'accept-language', 'cookie', 'origin', 'x-forwarded-for', 'x-http-method-override', 'sec-fetch-site'])]: pick([
        '',
        'null',
        ';;;=',
        'DELETE',
        'same-origin',
        '%00',
        'a'.repeat(2000),
      ]),
    }
  return sent
}

const calls = 200

/** What takes something away comes last. */
const inOrder = names.toSorted((a, b) => Number(a.startsWith('delete')) - Number(b.startsWith('delete')))

describe(`${calls} random calls`, () => {
  it.each(inOrder)('of %s meet no 5xx and no stack', { timeout: 60_000 }, async (name) => {
    const chance = chances(names.indexOf(name) + 1)
    const all = Array.from({ length: calls }, () => fuzzed(name, chance))
    for (let at = 0; at < calls; at += 8) {
      const part = all.slice(at, at + 8)
      const answers = await Promise.all(part.map((sent) => send(scene, name, sent)))
      answers.forEach((answer, nth) => {
        const what = `call ${at + nth}: ${JSON.stringify(part[nth])?.slice(0, 400)} → ${answer.text.slice(0, 200)}`
        expect(answer.status, what).toBeLessThan(500)
        if (answer.status >= 400) expectProblem(answer, what)
        else expect(() => JSON.parse(answer.text), what).not.toThrow()
      })
    }
  })
})
