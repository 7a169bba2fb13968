// PURE: ids of what a course or link was copied from, as LMSs put them into custom parameters (LTI 1.3 core, appendix B): with
// commas between, URL-encoded, newest first; copies of copies name them all (fact 36).

const most = 50

/** What was not substituted (`$Context.id.history`) or is empty says nothing. */
export function historyFrom(value: string | undefined): string[] {
  if (!value || value.startsWith('$')) return []
  return value
    .split(',')
    .slice(0, most)
    .map((part) => decoded(part.trim()))
    .filter((id) => id !== '' && id.length <= 255)
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
