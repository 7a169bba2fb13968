// Attacks that are more than one message are tests of their own, with the attack's number in their name: found by it.
import { readdirSync, readFileSync } from 'node:fs'

export interface AttackTest {
  attacks: number[]
  /** As it stands in the source, without the numbers. */
  says: string
  /** From the root. */
  file: string
}

const folders = ['tool-server/tests', 'tool-server/src/kernel', 'e2e/journeys']
const named = /(?:it|test|describe)(?:\.each\([^\n]*\))?\(\s*(['`])([^'`]*?)\s*\(attacks? ([\d, ]+)\)\s*((?:(?!\1).)*)\1/g

export function attackTests(): AttackTest[] {
  return folders.flatMap((folder) => {
    const place = new URL(`../../../${folder}/`, import.meta.url)
    return readdirSync(place)
      .filter((name) => /\.(test|spec)\.ts$/.test(name))
      .sort()
      .flatMap((name) =>
        [...readFileSync(new URL(name, place), 'utf8').matchAll(named)].map(([, , before = '', numbers = '', after = '']) => ({
          attacks: numbers.split(',').map(Number),
          says: `${before} ${after}`.trim(),
          file: `${folder}/${name}`,
        })),
      )
  })
}

/** The 27 that are about launches, deep linking and services. */
export const launchAttacks = 27

export function attackLines(): string[] {
  const lines = attackTests().flatMap((it) => it.attacks.filter((attack) => attack <= launchAttacks).map((attack) => ({ ...it, attack })))
  return lines
    .sort((a, b) => a.attack - b.attack)
    .map(({ attack, says, file }) => `| ${attack} | ${says.replaceAll('|', '\\|')} | \`${file}\` |`)
}
