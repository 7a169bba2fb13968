// `de` is Deutsch: a language by its own name, as viewers look for it in a menu.
export function languageName(tag: string): string {
  try {
    return new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag
  } catch {
    return tag
  }
}
