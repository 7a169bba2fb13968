// PURE: formulas. Kept as `<span data-tex="…">` with their MathML inside, which is always made here from the LaTeX and never believed.
import sanitizeHtml from 'sanitize-html'
import temml from 'temml'

export const longestTex = 2000

const mathTags = [
  ...['math', 'mrow', 'mi', 'mn', 'mo', 'ms', 'mtext', 'mspace', 'mfrac', 'msqrt', 'mroot', 'msub', 'msup', 'msubsup', 'mover'],
  ...['munder', 'munderover', 'mmultiscripts', 'mprescripts', 'none', 'mtable', 'mtr', 'mtd', 'mpadded', 'mphantom', 'menclose', 'mstyle'],
]
const mathAttributes = [
  ...['display', 'mathvariant', 'stretchy', 'fence', 'form', 'lspace', 'rspace', 'width', 'height', 'depth', 'voffset', 'linethickness'],
  ...['accent', 'accentunder', 'movablelimits', 'symmetric', 'separator', 'largeop', 'notation', 'scriptlevel', 'displaystyle'],
  ...['columnalign', 'rowspacing', 'columnspacing', 'columnlines', 'rowlines', 'minsize', 'maxsize'],
]

/** MathML of a formula; null where it cannot be read, or would take too much. */
export function mathOf(tex: string, block = false): string | null {
  if (tex.trim() === '' || tex.length > longestTex) return null
  try {
    const made = temml.renderToString(tex, {
      displayMode: block,
      throwOnError: true,
      trust: false,
      maxExpand: 200,
      maxSize: [20, 20],
      strict: false,
    })
    return sanitizeHtml(made, { allowedTags: mathTags, allowedAttributes: { '*': mathAttributes }, nestingLimit: 80 })
  } catch {
    return null
  }
}

/** Takes away what stands inside formulas: it is made anew. */
export function withoutMath(html: string): string {
  return html.replace(/<span\b[^>]*?\bdata-tex="([^"]*)"[^>]*>[\s\S]*?<\/span>/g, '<span data-tex="$1"></span>')
}

const signs: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" }

/** Sanitised rich text with the MathML of its formulas. What cannot be read is shown as it was typed. */
export function withMath(safe: string): string {
  return safe.replace(/<span data-tex="([^"]*)"><\/span>/g, (_all, kept: string) => {
    const tex = kept.replace(/&(?:amp|lt|gt|quot|#39);/g, (sign) => signs[sign] ?? sign)
    return `<span data-tex="${kept}">${mathOf(tex) ?? `<code>${kept}</code>`}</span>`
  })
}
