// Which sizes a master playlist offers, the smallest first (RFC 8216, 4.3.4.2).
export interface Variant {
  readonly url: string
  readonly height: number | null
}

export function variantsIn(text: string, base: string): Variant[] {
  const lines = text.split(/\r?\n/)
  const found: (Variant & { bandwidth: number })[] = []
  lines.forEach((line, at) => {
    if (!line.startsWith('#EXT-X-STREAM-INF:')) return
    const next = lines.slice(at + 1).find((one) => one && !one.startsWith('#'))
    if (!next) return
    const height = /RESOLUTION=\d+x(\d+)/.exec(line)?.[1]
    const bandwidth = Number(/[:,]BANDWIDTH=(\d+)/.exec(line)?.[1] ?? 0)
    found.push({ url: new URL(next, base).href, height: height ? Number(height) : null, bandwidth })
  })
  return found.sort((a, b) => a.bandwidth - b.bandwidth).map(({ url, height }) => ({ url, height }))
}

/** Empty where it cannot be had: the player goes on without a choice. */
export async function variantsOf(master: string): Promise<Variant[]> {
  try {
    const response = await fetch(master)
    return response.ok ? variantsIn(await response.text(), new URL(master, location.href).href) : []
  } catch {
    return []
  }
}
