// Who hears what. The app registers all listeners once; the outbox asks here, and tells here whom a commit has given work.
import type { EventName } from '@cuepoint/contracts'
import type { Lane, Listener } from '../module.ts'

/** A lane of one listener: what a worker works off, alone. */
export interface ListenerLane {
  listener: string
  lane: Lane['lane']
}

let byName = new Map<string, Listener>()
/** By event, as it is asked for: every launch and every score asks. */
const hearing = new Map<EventName, readonly Listener[]>()
let wakeUp: (lanes: readonly ListenerLane[]) => void = () => undefined

/** Takes the place of what was registered before; throws when a name comes twice. */
export function registerListeners(listeners: readonly Listener[]): void {
  const names = new Map<string, Listener>()
  for (const listener of listeners) {
    if (names.has(listener.name)) throw new Error(`two listeners are called ${listener.name}`)
    names.set(listener.name, listener)
  }
  byName = names
  hearing.clear()
}

export function listenerNamed(name: string): Listener | undefined {
  return byName.get(name)
}

export function listenerNames(): string[] {
  return [...byName.keys()]
}

export function listenersHearing(event: EventName): readonly Listener[] {
  const known = hearing.get(event)
  if (known) return known
  const all = [...byName.values()].filter((listener) => listener.hears === 'all' || listener.hears.includes(event))
  hearing.set(event, all)
  return all
}

/** What is called after a commit with the lanes that got work; until the queue is open, nothing. */
export function onWork(wake: (lanes: readonly ListenerLane[]) => void): void {
  wakeUp = wake
}

/** A hint: it may be lost, never throws, and nobody waits for it. */
export function hint(lanes: readonly ListenerLane[]): void {
  if (lanes.length > 0) wakeUp(lanes)
}

/** One text for listener and lane; the separator occurs in no name. */
export function laneId(listener: string, lane: string): string {
  return `${listener}\n${lane}`
}
