// What the guides in guides/ may name in double braces: every address, scope, placement, claim and parameter, as tool.ts says it.
import { tool } from './tool.ts'

/** The address that the guides speak of, without a slash at the end. */
export const exampleOrigin = 'https://cuepoint.school.example'

type Scope = (typeof tool.scopes)[number] | (typeof tool.optionalScopes)[number]

/** Complete, or it does not compile: a scope that nobody explains is not asked for. */
const scopeWords: Record<Scope, { what: string; without: string }> = {
  'https://purl.imsglobal.org/spec/lti-ags/scope/lineitem': {
    what: 'make a gradebook column where one is missing',
    without: 'a column that was deleted stays gone, and its scores are refused',
  },
  'https://purl.imsglobal.org/spec/lti-ags/scope/lineitem.readonly': {
    what: 'read gradebook columns',
    without: 'some LMSs do not say which column a link has',
  },
  'https://purl.imsglobal.org/spec/lti-ags/scope/result.readonly': {
    what: 'read scores back',
    without: 'a score whose answer was lost is sent once more instead of being looked up',
  },
  'https://purl.imsglobal.org/spec/lti-ags/scope/score': { what: 'send scores', without: 'no grade arrives' },
  'https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly': {
    what: 'read the class list',
    without: 'who never opened the activity is not listed',
  },
  'https://purl.imsglobal.org/spec/lti/scope/noticehandlers': {
    what: 'hear of copied courses',
    without: 'a copy is noticed at its first launch',
  },
  'https://purl.imsglobal.org/spec/lti-gs/scope/contextgroup.readonly': {
    what: 'read sections and groups',
    without: 'they are known only where a launch names them',
  },
}

/** Variables that one vendor knows, by how they begin; all others are of the specification. */
const vendors = { canvas: /^\$(Canvas|com\.instructure)\./, moodle: /^\$Moodle\./ }

const table = (heads: string[], rows: string[][]): string =>
  [heads, heads.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')
const code = (it: string): string => `\`${it}\``
const codes = (all: readonly string[]): string => all.map(code).join(', ')

const scopeTable = (scopes: readonly Scope[]): string =>
  table(
    ['scope', 'to', 'without it'],
    scopes.map((it) => [code(it), scopeWords[it].what, scopeWords[it].without]),
  )

/** Parameters worth typing by hand into this LMS, as `name=value` lines of a code block. */
function custom(lms: keyof typeof vendors | 'other'): string {
  const foreign = Object.entries(vendors).filter(([vendor]) => vendor !== lms)
  return Object.entries(tool.custom)
    .filter(([, value]) => !foreign.some(([, begins]) => begins.test(value)))
    .map(([name, value]) => `    ${name}=${value}`)
    .join('\n')
}

export function guideValues(origin: string): Record<string, string> {
  const at = (path: string): string => `${origin}${path}`
  return {
    origin,
    host: new URL(origin).host,
    title: tool.title,
    description: tool.description,
    login: at(tool.paths.login),
    launch: at(tool.paths.launch),
    keys: at(tool.paths.keys),
    'canvas-json': at(tool.paths.canvas),
    scopes: scopeTable([...tool.scopes, ...tool.optionalScopes]),
    'canvas-scopes': scopeTable([...tool.scopes, tool.optionalScopes[0]]),
    'canvas-placements': table(
      ['placement', 'what stands there'],
      Object.entries(tool.canvasPlacements).map(([name, label]) => [code(name), label]),
    ),
    'canvas-privacy': tool.canvasPrivacyLevel,
    claims: codes(tool.claims),
    'custom-canvas': custom('canvas'),
    'custom-moodle': custom('moodle'),
    custom: custom('other'),
  }
}
