// PURE: the further things an LMS may be told of a link (text, column label, tag, windows), as typed, and as they are sent.

/** As typed; absent = never touched. Times as `datetime-local` writes them: without a zone, meant in the reader's own. */
export interface LinkDetails {
  readonly text?: string
  readonly label?: string
  readonly tag?: string
  readonly openFrom?: string
  readonly openUntil?: string
  readonly submitFrom?: string
  readonly submitUntil?: string
}

interface SentWindow {
  startDateTime?: string
  endDateTime?: string
}

export interface SentDetails {
  text?: string
  label?: string
  tag?: string
  available?: SentWindow
  submission?: SentWindow
}

const LABEL_MAX = 200
const TAG_MAX = 100
const TEXT_MAX = 2000

/** null while something is not good yet. */
export function sentDetails(details: LinkDetails): SentDetails | null {
  const { text = '', label = '', tag = '' } = details
  const available = sentWindow(details.openFrom, details.openUntil)
  const submission = sentWindow(details.submitFrom, details.submitUntil)
  if (available === null || submission === null || !detailsFit(details)) return null
  return {
    ...(text.trim() ? { text: text.trim() } : {}),
    ...(label.trim() ? { label: label.trim() } : {}),
    ...(tag.trim() ? { tag: tag.trim() } : {}),
    ...(Object.keys(available).length > 0 ? { available } : {}),
    ...(Object.keys(submission).length > 0 ? { submission } : {}),
  }
}

/** The server's own limits of the three texts. */
export function detailsFit({ text = '', label = '', tag = '' }: LinkDetails): boolean {
  return text.trim().length <= TEXT_MAX && label.trim().length <= LABEL_MAX && tag.trim().length <= TAG_MAX
}

/** With their zone, in UTC; null where the end does not come after the start. */
export function sentWindow(from = '', until = ''): SentWindow | null {
  const start = Date.parse(from)
  const end = Date.parse(until)
  if (from && until && start >= end) return null
  return {
    ...(Number.isNaN(start) ? {} : { startDateTime: new Date(start).toISOString() }),
    ...(Number.isNaN(end) ? {} : { endDateTime: new Date(end).toISOString() }),
  }
}
