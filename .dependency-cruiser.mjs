// The rules of import: four floors, seven rooms, one door each (design.md section 2, ARCHITECTURE.md).
// tool-server/tests/architecture.test.ts seeds one bad import per rule and asserts that each is reported: a new rule needs a seed there.

/** Floor order: a room may call those before it, never those after it. The same order as app/modules.ts. */
export const rooms = ['identity', 'media', 'content', 'assessment', 'analytics', 'personalization', 'lti']

const modules = '^tool-server/src/modules'
const tests = '\\.(test|spec)\\.tsx?$|^(tool-server/(tests|bench|faults)|e2e|fixtures)/'

/** Matches a package whether it resolves or not, and its types too. */
const packages = (names) => `(^|/)node_modules/(@types/)?(${names})/|^(${names})$`

/** One technology, the only files of the product that may know it, and why. */
const homes = [
  { of: 'sequelize', at: ['src/kernel/db\\.ts', 'src/kernel/migrations\\.ts', 'src/modules/.+\\.models\\.ts', 'migrations/'] },
  // A room tells Sequelize its tables; the shape of that hand-over is a type.
  { of: 'sequelize', as: 'type', at: ['src/kernel/module\\.ts'] },
  { of: 'express', at: ['src/kernel/http/', 'src/modules/lti/ltijs\\.ts'] },
  { of: 'express', as: 'type', at: ['src/modules/.+\\.routes\\.ts', 'src/modules/lti/'] },
  { of: 'bullmq|ioredis', at: ['src/kernel/jobs/'] },
  { of: 'kafkajs', at: ['src/kernel/stream/'] },
  { of: 'pg', at: ['src/kernel/'] },
  { of: 'ltijs', at: ['src/modules/lti/ltijs\\.ts'] },
  { of: 'child_process|node:child_process', at: ['src/kernel/embedded-postgres', 'src/modules/media/ffmpeg\\.ts'] },
]

const onlyHere = [...new Set(homes.map((it) => it.of))].flatMap((of) => {
  const places = (kinds) => homes.filter((it) => it.of === of && kinds.includes(it.as)).flatMap((it) => it.at)
  const name = `only-here:${of.split('|')[0]}`
  const rule = (suffix, kinds, types) => ({
    name: `${name}${suffix}`,
    comment: `${of} is known only in ${places(kinds).join(', ').replaceAll('\\', '')}: elsewhere use what those files export.`,
    severity: 'error',
    from: { path: '^tool-server/(src|migrations)/', pathNot: [`^tool-server/(${places(kinds).join('|')})`, tests] },
    to: { path: packages(of), ...types },
  })
  const values = rule('', [undefined], { dependencyTypesNot: ['type-only'] })
  return [values, rule(':types', [undefined, 'type'], { dependencyTypes: ['type-only'] })]
})

const callDown = rooms.slice(0, -1).map((room, floor) => ({
  name: `call-down:${room}`,
  comment: `${room} may not call a room above it: what those should hear is an event (record), what it needs to know is in the event it hears.`,
  severity: 'error',
  from: { path: `${modules}/${room}/` },
  to: { path: `${modules}/(${rooms.slice(floor + 1).join('|')})/` },
}))

export default {
  forbidden: [
    {
      name: 'contracts-are-the-ground',
      comment: 'Contracts are the words that server and client share: they import zod and nothing else.',
      severity: 'error',
      from: { path: '^tool-server/contracts/', pathNot: tests },
      to: { pathNot: ['^tool-server/contracts/src/', packages('zod')] },
    },
    {
      name: 'kernel-knows-no-domain',
      comment: 'The kernel knows no domain: a room hands itself over through kernel/module.ts.',
      severity: 'error',
      from: { path: '^tool-server/src/kernel/' },
      to: { path: '^tool-server/src/(modules|app)/' },
    },
    {
      name: 'modules-know-no-app',
      comment: 'The app composes the rooms; a room does not know the app.',
      severity: 'error',
      from: { path: `${modules}/` },
      to: { path: '^tool-server/src/app/' },
    },
    ...callDown,
    {
      name: 'one-door',
      comment: 'Another room is entered by its index.ts only.',
      severity: 'error',
      from: { path: `${modules}/([^/]+)/` },
      to: { path: `${modules}/`, pathNot: [`${modules}/$1/`, `${modules}/[^/]+/index\\.ts$`] },
    },
    {
      name: 'one-door:app',
      comment: 'The app and the scripts enter a room by its index.ts only.',
      severity: 'error',
      from: { path: '^(tool-server/src/app|scripts)/', pathNot: tests },
      to: { path: `${modules}/`, pathNot: `${modules}/[^/]+/index\\.ts$` },
    },
    {
      name: 'client-reaches-only-contracts',
      comment: 'The browser shares with the server what contracts say, through its door, and nothing else.',
      severity: 'error',
      from: { path: '^client/' },
      to: { path: '^(tool-server|lti-config|fixtures|e2e|scripts)/', pathNot: '^tool-server/contracts/src/index\\.ts$' },
    },
    {
      name: 'client-reads-contracts-as-types',
      comment: 'Contracts reach the client as types: zod would cost the browser 27 kB gzip.',
      severity: 'error',
      from: { path: '^client/src/', pathNot: tests },
      to: { path: `^tool-server/contracts/|${packages('zod')}`, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'islands-are-islands',
      comment: 'An island never imports an island; what two of them share belongs in shell/, api/ or parts/.',
      severity: 'error',
      from: { path: '^client/src/islands/([^/]+)/' },
      to: { path: '^client/src/islands/[^/]+/', pathNot: '^client/src/islands/$1/' },
    },
    {
      name: 'the-judge-is-a-stranger',
      comment: 'The simulated LMS imports nothing of the tool: a shared mistake would pass its own test.',
      severity: 'error',
      from: { path: '^fixtures/lms-simulator/' },
      to: { path: '^(tool-server|client|lti-config|scripts|e2e)/|^@cuepoint/' },
    },
    {
      name: 'not-to-test',
      comment: 'The product does not import tests, benches or fixtures.',
      severity: 'error',
      from: { pathNot: tests },
      to: { path: tests },
    },
    {
      name: 'no-circular',
      comment: 'No circles; types and import() count: the file that does the work never starts it, the door or the caller does.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      comment: 'A file that imports nothing and that nobody imports is either an entry point (say so here) or left over.',
      severity: 'error',
      from: {
        orphan: true,
        pathNot: [
          '\\.d\\.ts$',
          '^\\.dependency-cruiser\\.mjs$',
          // Served to a browser as they are.
          '^fixtures/lms-simulator/assets/',
          '^tool-server/src/modules/lti/launch/ladder-script\\.js$',
        ],
      },
      to: {},
    },
    {
      name: 'everything-resolves',
      comment: 'An import that leads nowhere would escape every other rule.',
      severity: 'error',
      // bench/anchor is a package with a lock file of its own, installed when the bench runs.
      from: { pathNot: '^tool-server/bench/anchor/' },
      to: { couldNotResolve: true },
    },
    ...onlyHere,
  ],
  options: {
    doNotFollow: { path: '(^|/)node_modules/' },
    // What is built, never a package's own dist/: an excluded package would escape only-here.
    exclude: { path: '^(?!.*node_modules/).*(dist|coverage|test-results|playwright-report|\\.cuepoint)/' },
    // Type imports are imports too.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'types', 'default'] },
    skipAnalysisNotInRules: true,
  },
}
