// Reads server-sent events by fetch streaming: EventSource cannot carry an Authorization header.
import { bearerHeader } from './call.ts'

/** Calls `hear` with each event until the stream ends. True where asking again cannot help (no session, no such thing). */
export async function follow<T>(
  path: string,
  params: Readonly<Record<string, string>>,
  hear: (data: T) => void,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    const address = path.replace(/:(\w+)/g, (_, key: string) => encodeURIComponent(params[key] ?? ''))
    const response = await fetch(address, { headers: bearerHeader(), credentials: 'same-origin', cache: 'no-store', signal })
    if (!response.ok || !response.body) return response.status >= 400 && response.status < 500 && response.status !== 429
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
    let kept = ''
    for (;;) {
      const { value, done } = await reader.read()
      if (done) return false
      kept += value
      const blocks = kept.split('\n\n')
      kept = blocks.pop() ?? ''
      for (const block of blocks) if (block.startsWith('data: ')) hear(JSON.parse(block.slice(6)) as T)
    }
  } catch {
    // No network, or the page turned away.
    return false
  }
}
