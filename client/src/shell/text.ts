// The one message catalogue lives in messages/en/*.ts, one file per island, so that a page loads only its own words:
// const t = words(playerMessages); t('saved', { time }).
type Values = Record<string, string | number>
export type Words<M> = (key: keyof M & string, values?: Values) => string

/** Words of one part of the catalogue. `{name}` is filled; `{n|one question|{n} questions}` chooses by the number n. */
export function words<const M extends Record<string, string>>(messages: M): Words<M> {
  return (key, values = {}) => fill(messages[key] ?? key, values)
}

function fill(message: string, values: Values): string {
  return message
    .replace(/\{(\w+)\|([^|{}]*(?:\{\w+\}[^|{}]*)*)\|([^|{}]*(?:\{\w+\}[^|{}]*)*)\}/g, (_, name: string, one: string, many: string) =>
      Number(values[name]) === 1 ? one : many,
    )
    .replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''))
}
