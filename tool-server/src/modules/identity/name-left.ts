// PURE: the one group whose name is not known, and the one name that is nobody's.

interface Named {
  externalId: string
  /** '' where it is not known. */
  name: string
}

/** undefined: nothing is left, or more than one. A name that is not among `names` any more was changed, and counts as not known. */
export function nameLeft(groups: readonly Named[], names: readonly string[]): Named | undefined {
  const left = [...names]
  const unnamed = groups.filter(({ name }) => {
    const at = name === '' ? -1 : left.indexOf(name)
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
  const [group, ...others] = unnamed
  const [name, ...more] = left
  return group && name && others.length + more.length === 0 ? { externalId: group.externalId, name } : undefined
}
