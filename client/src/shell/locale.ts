// Numbers, times and lengths as the reader's LMS language writes them.
let tag: string | undefined = 'en'

/** The session's locale; what the browser does not know falls back to its own. */
export function speakLocale(locale: string): void {
  try {
    tag = Intl.getCanonicalLocales(locale)[0]
  } catch {
    tag = undefined
  }
}

/** `2.5`, `2,5`: at most two decimals. */
export const numeral = (value: number): string => new Intl.NumberFormat(tag, { maximumFractionDigits: 2 }).format(value)
export const percent = (share: number): string => new Intl.NumberFormat(tag, { style: 'percent' }).format(share)
/** `12:03:07`, in the reader's time zone. */
export const clockTime = (instant: string): string => new Date(instant).toLocaleTimeString(tag)
export const dayAndTime = (instant: string): string => new Date(instant).toLocaleString(tag, { dateStyle: 'medium', timeStyle: 'short' })
/** The same to the second: tells two things apart that were made in one minute. */
export const dayAndSecond = (instant: string): string => new Date(instant).toLocaleString(tag, { dateStyle: 'medium', timeStyle: 'medium' })
/** `3, 5 and 7` */
export const listing = (items: readonly string[]): string => new Intl.ListFormat('en').format(items)
