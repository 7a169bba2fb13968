// PURE: the words inside rich text.

/** The words of sanitised rich text: tags gone, white space collapsed. For comparing and for "is it empty?". */
export function wordsOf(richText: string): string {
  return richText
    .replace(/<[^>]*>/g, ' ')
    .replace(/&nbsp;|\s/g, ' ')
    .replace(/ +/g, ' ')
    .trim()
}
