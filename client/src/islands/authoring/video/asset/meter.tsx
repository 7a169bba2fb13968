// How far something is, for eye and ear; `done` null: not known yet.
export function Meter({ label, done }: { label: string; done: number | null }) {
  return <progress className="vau-meter" aria-label={label} max={1} {...(done === null ? {} : { value: Math.min(1, done) })} />
}
