// PURE: is what the LRS holds under an id what we would send? xAPI's own rule (statement equality): what an LRS adds or may rewrite
// (stored, authority, version, display texts, definitions of activities) does not count.

type Json = Record<string, unknown>

/** Two statements that say the same. */
export function isSame(ours: unknown, theirs: unknown): boolean {
  return JSON.stringify(essence(ours)) === JSON.stringify(essence(theirs))
}

function essence(statement: unknown): unknown {
  const { actor, verb, object, result, context, timestamp } = (statement ?? {}) as Json
  return {
    actor: named(actor),
    verb: (verb as Json | undefined)?.id,
    object: (object as Json | undefined)?.id,
    result: sorted(result ?? null),
    context: sorted(withoutDefinitions(context ?? null)),
    timestamp: Date.parse(String(timestamp)),
  }
}

function named(actor: unknown): unknown {
  const { account, mbox } = (actor ?? {}) as { account?: Json; mbox?: string }
  return account ? [account.homePage, account.name] : mbox
}

function withoutDefinitions(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutDefinitions)
  if (!value || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, it]) => (key === 'definition' || key === 'objectType' ? [] : [[key, withoutDefinitions(it)]])),
  )
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (!value || typeof value !== 'object') return value
  const entries = Object.entries(value).filter(([, it]) => it !== undefined)
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, it]) => [key, sorted(it)]))
}
