// Parts of the page that are fetched before they are needed.

const againMs = 5000

/**
 * Fetches after so many ms, and only once the server answers: a browser remembers a module that it could not fetch as missing, for as long
 * as the page lives. Without it nothing is missing yet. Answers with how to give it up.
 */
export function ahead(fetchParts: () => Promise<unknown>, afterMs: number): () => void {
  let timer = setTimeout(look, afterMs)
  async function look() {
    const there = await fetch(import.meta.url, { method: 'HEAD', cache: 'no-store' }).catch(() => null)
    if (there?.ok) await fetchParts().catch(() => {})
    else timer = setTimeout(look, againMs)
  }
  return () => clearTimeout(timer)
}
