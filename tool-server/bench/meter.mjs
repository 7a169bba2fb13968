// Preloaded into every process that is measured (child.ts): tells, over the IPC channel, its own CPU time and, while asked to
// count, the SQL that it sends. Plain JavaScript, so that the anchor runs without tsx. Counting wraps pg only between
// `count` and `counted`: timed rounds run the unchanged driver.
import { createRequire } from 'node:module'

/** @type {{ statements: number, begins: number, alone: number, texts: Map<string, number> } | undefined} */
let counts
let restore = () => undefined

function note(open, client, given) {
  const text = String(given?.text ?? given).trim()
  if (/^(begin|start transaction)/i.test(text)) {
    counts.begins++
    open.add(client)
  } else if (/^(commit|rollback)/i.test(text)) open.delete(client)
  else {
    counts.statements++
    // A statement outside BEGIN … COMMIT is a transaction of its own to PostgreSQL.
    if (!open.has(client)) counts.alone++
    const words = given?.name ?? text.replace(/\s+/g, ' ').slice(0, 80)
    counts.texts.set(words, (counts.texts.get(words) ?? 0) + 1)
  }
}

function count() {
  // The measured program's own pg: the anchor has another copy than the product.
  const { prototype } = createRequire(process.argv[1])('pg').Client
  const { query } = prototype
  const open = new WeakSet()
  counts = { statements: 0, begins: 0, alone: 0, texts: new Map() }
  prototype.query = function counted(...args) {
    note(open, this, args[0])
    return query.apply(this, args)
  }
  restore = () => {
    prototype.query = query
  }
  return true
}

const answers = {
  cpu: () => {
    const { user, system } = process.cpuUsage()
    return user + system
  },
  count,
  counted: () => {
    restore()
    return { ...counts, texts: [...counts.texts] }
  },
}

if (process.send) {
  process.on('message', ({ ask }) => {
    if (answers[ask]) process.send({ ask, answer: answers[ask]() })
  })
  // Whoever started us is gone: nobody would end us any more.
  process.on('disconnect', () => process.exit(1))
}
