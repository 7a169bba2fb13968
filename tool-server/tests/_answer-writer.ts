// A process of its own that saves answers as fast as it can and prints each that was acknowledged, until it is killed.
import { readFileSync, writeSync } from 'node:fs'
import { openDatabase } from '../src/kernel/db.ts'
import { saveAnswers } from '../src/modules/assessment/answers.ts'
import { textAnswer } from './_quiz-text.ts'

const { url, attempts } = JSON.parse(readFileSync(0, 'utf8'))
await openDatabase(url, 5)
let seq = 0
for (const { caller, id } of attempts)
  for (let question = 0; question < 10; question++)
    void (async () => {
      for (;;) {
        const own = ++seq
        await saveAnswers(caller, id, [textAnswer(`q${question}`, `text ${own}`, own)])
        // Synchronous: what is acknowledged must not be lost in a buffer of ours.
        writeSync(1, `${id} q${question} ${own}\n`)
      }
    })()
