// Environment -> frozen Config: the only reader of process.env. Reports all problems at once.
import { existsSync, readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

/** The repository (or image) folder that holds tool-server/, client/ and fixtures/. */
export const home = resolve(dirname(fileURLToPath(import.meta.url)), '../../..')

const flag = z
  .enum(['true', 'false', ''])
  .default('')
  .transform((word) => word === 'true')
const port = z.coerce.number().int().min(0).max(65_535)
const megabyte = 1_048_576
const trimmedUrl = z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, ''))

/** Every variable, with what it is for: the source of .env.example's list and of CATALOG.md. */
export const variables = {
  NODE_ENV: {
    says: 'production refuses default secrets, plain http and loopback platforms',
    is: z.enum(['development', 'test', 'production']).default('development'),
  },
  PORT: { says: 'port of the tool', is: port.default(3000) },
  HOST: { says: 'address the tool listens on', is: z.string().default('127.0.0.1') },
  PUBLIC_URL: { says: 'where browsers and LMSs reach the tool, e.g. https://cuepoint.school.example', is: trimmedUrl.optional() },
  DATA_DIR: { says: 'folder for the embedded database, its keys and files', is: z.string().default('.cuepoint') },
  DATABASE_URL: {
    says: 'a PostgreSQL of your own, e.g. postgres://user:password@host:5432/cuepoint; absent = embedded',
    is: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  },
  DATABASE_POOL: { says: 'most connections of one process to PostgreSQL', is: z.coerce.number().int().min(2).max(200).default(10) },
  REDIS_URL: {
    says: 'a Redis for BullMQ, e.g. redis://host:6379; absent = BullMQ on PostgreSQL',
    is: z.url({ protocol: /^rediss?$/ }).optional(),
  },
  MASTER_KEY: {
    says: 'wraps what is encrypted at rest: 32 bytes, base64 (openssl rand -base64 32); embedded runs make their own',
    is: z.string().optional(),
  },
  MASTER_KEY_FILE: { says: 'a file that holds MASTER_KEY, e.g. a mounted secret', is: z.string().optional() },
  LOG_LEVEL: {
    says: 'trace, debug, info, warn, error or silent',
    is: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  },
  SAMPLES_DIR: { says: 'folder of the sample activities', is: z.string().default('fixtures/content') },
  SESSION_HOURS: { says: 'how long a launch stays signed in', is: z.coerce.number().min(0.01).max(72).default(12) },
  KEY_OVERLAP_HOURS: {
    says: 'how long a new signing key is published before it signs, and the old one after it: longer than any LMS caches our keys',
    is: z.coerce.number().min(1).max(720).default(24),
  },
  S3_BUCKET: { says: 'a bucket for files (S3, MinIO); absent = files below DATA_DIR', is: z.string().optional() },
  S3_ENDPOINT: { says: 'where that S3 is, e.g. https://minio.school.example; absent = Amazon', is: trimmedUrl.optional() },
  S3_PUBLIC_ENDPOINT: {
    says: 'the same S3 as browsers reach it, where that differs: presigned addresses point there',
    is: trimmedUrl.optional(),
  },
  S3_REGION: { says: 'region of the bucket', is: z.string().default('us-east-1') },
  S3_ACCESS_KEY_ID: { says: 'key of the bucket; absent = what the machine is given (instance role)', is: z.string().optional() },
  S3_SECRET_ACCESS_KEY: { says: 'secret of that key', is: z.string().optional() },
  S3_FORCE_PATH_STYLE: {
    says: 'true puts the bucket into the path, as MinIO wants it; absent = true where S3_ENDPOINT is set',
    is: z.enum(['true', 'false', '']).default(''),
  },
  MEDIA_BASE_URL: { says: 'a CDN in front of /media, e.g. https://cdn.school.example; absent = PUBLIC_URL', is: trimmedUrl.optional() },
  MEDIA_MAX_FILE_MB: { says: 'largest file that may be uploaded', is: z.coerce.number().min(0.001).max(1_000_000).default(4096) },
  MEDIA_COURSE_QUOTA_MB: {
    says: 'how much the uploads of one course may take',
    is: z.coerce.number().min(0.001).max(100_000_000).default(51_200),
  },
  MEDIA_KEEP_ORIGINAL: {
    says: 'false deletes an uploaded video once its renditions are made: it can then not be encoded anew or downloaded',
    is: z.enum(['true', 'false']).default('true'),
  },
  MEDIA_UPLOAD_HOURS: { says: 'an upload that got no byte for so long is given up', is: z.coerce.number().min(0.001).max(720).default(48) },
  FFMPEG_DIR: {
    says: 'folder of ffmpeg and ffprobe; absent = those on PATH, else the much older ones from npm, with a warning',
    is: z.string().optional(),
  },
  TRANSCODES_AT_ONCE: {
    says: 'chunks of video that one worker process encodes at a time',
    is: z.coerce.number().int().min(1).max(64).default(2),
  },
  TRANSCODE_STALL_SECONDS: {
    says: 'an encoder that gets no further for so long is ended, and its chunk encoded again',
    is: z.coerce.number().min(1).max(3600).default(30),
  },
  WORKER_LISTENS: {
    says: 'which listeners and schedules a worker process serves, e.g. media.* or lti.*,assessment.*; what no process serves is seen at /readyz and /admin',
    is: z
      .string()
      .regex(/^\s*[a-z.*-]+(\s*,\s*[a-z.*-]+)*\s*$/, 'names like lti.send-score or media.*, with commas between them')
      .default('*'),
  },
  ALLOW_LOOPBACK: {
    says: 'true lets outbound calls reach this machine and http platforms (development, the simulated LMS); refused in production',
    is: flag,
  },
  DEMO_LMS_PORT: { says: 'port of the simulated LMS that npm start runs beside the tool (not in production)', is: port.default(4000) },
  DEMO_LMS_PROFILE: {
    says: 'which LMS it plays: moodle, canvas, blackboard or brightspace, each with a school of its own',
    is: z.enum(['moodle', 'canvas', 'blackboard', 'brightspace']).default('moodle'),
  },
  DEMO_CLASS: {
    says: 'how many learners the example class has that npm start makes at its first start; 0 = none',
    is: z.coerce.number().int().min(0).max(1000).default(60),
  },
  METRICS_PORT: {
    says: 'a port for /metrics and /healthz alone, beside the pages or, in a worker process, without them; absent = /metrics of web processes only',
    is: z.coerce.number().int().min(1).max(65535).optional(),
  },
  METRICS_TOKEN: {
    says: 'what a scraper of /metrics sends as Bearer; without it production shows no figures',
    is: z.string().min(16).optional(),
  },
  OTEL_EXPORTER_OTLP_ENDPOINT: {
    says: 'an OpenTelemetry collector that takes OTLP over http, e.g. http://collector:4318; absent = no traces',
    is: trimmedUrl.optional(),
  },
  KAFKA_BROKERS: {
    says: 'host:port of Kafka brokers, with commas: every event goes to a topic per family as well; absent = no Kafka',
    is: z
      .string()
      .transform((text) => text.split(',').map((it) => it.trim()))
      .refine((brokers) => brokers.every((it) => /^[\w.-]+:\d{1,5}$/.test(it)), 'must be host:port, with commas between them')
      .optional(),
  },
  KAFKA_WAKES: { says: 'true lets Kafka wake the listeners instead of BullMQ; needs KAFKA_BROKERS', is: flag },
  KAFKA_PREFIX: {
    says: 'what the names of our Kafka topics begin with',
    is: z
      .string()
      .regex(/^[\w.-]{1,50}$/)
      .default('cuepoint'),
  },
  TRUST_PROXY: { says: 'number of reverse proxies in front, for client addresses', is: z.coerce.number().int().min(0).max(10).default(0) },
} as const satisfies Record<string, { says: string; is: z.ZodType }>

type Raw = { [K in keyof typeof variables]: z.output<(typeof variables)[K]['is']> }

export interface Config {
  readonly production: boolean
  readonly port: number
  readonly host: string
  /** Origin of the tool without a slash at the end. */
  readonly publicUrl: string
  readonly dataDir: string
  readonly databaseUrl: string | undefined
  readonly databasePool: number
  readonly redisUrl: string | undefined
  /** base64 of 32 bytes, or undefined where the embedded default makes its own. */
  readonly masterKey: string | undefined
  readonly logLevel: Raw['LOG_LEVEL']
  readonly samplesDir: string
  readonly clientDir: string
  readonly sessionSeconds: number
  /** A new key signs so long after it was published; the old one stays published as long again. */
  readonly keyOverlapSeconds: number
  /** Where files are kept; undefined = on disk below dataDir. */
  readonly s3: S3Place | undefined
  readonly media: {
    /** Origin of /media addresses without a slash at the end: ours, or a CDN before it. */
    readonly baseUrl: string
    readonly maxFileBytes: number
    readonly courseQuotaBytes: number
    readonly keepOriginal: boolean
    readonly uploadSeconds: number
  }
  readonly transcoding: {
    readonly ffmpegDir: string | undefined
    /** PATH of this process: where commands are looked for. */
    readonly path: string
    readonly atOnce: number
    readonly stallSeconds: number
    /** Folder for what is under way. On the file system of dataDir, so that a file there is lent without a copy. */
    readonly workDir: string
  }
  /** Names of listeners and schedules, `*` at their ends. */
  readonly workerListens: readonly string[]
  readonly allowLoopback: boolean
  readonly metricsPort: number | undefined
  readonly metricsToken: string | undefined
  /** Address of a collector without `/v1/traces`. */
  readonly otlpEndpoint: string | undefined
  /** undefined: events go to no Kafka. `wakes`: it also takes BullMQ's place. */
  readonly kafka: { readonly brokers: readonly string[]; readonly prefix: string; readonly wakes: boolean } | undefined
  readonly trustProxy: number
  readonly demoLmsPort: number
  readonly demoLmsProfile: string
  readonly demoClass: number
}

export interface S3Place {
  readonly bucket: string
  readonly endpoint: string | undefined
  readonly publicEndpoint: string | undefined
  readonly region: string
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string } | undefined
  readonly forcePathStyle: boolean
}

/** All that is wrong with the environment, one sentence each. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly problems: readonly string[]
  constructor(problems: readonly string[]) {
    super(`The configuration has ${problems.length === 1 ? 'a problem' : `${problems.length} problems`}:\n  ${problems.join('\n  ')}`)
    this.problems = problems
  }
}

/** Reads the environment; throws ConfigError with every problem. */
export function configFrom(env: NodeJS.ProcessEnv): Config {
  const problems: string[] = []
  const raw: Record<string, unknown> = {}
  for (const [name, variable] of Object.entries(variables)) {
    const given = env[name]
    const parsed = variable.is.safeParse(given === '' ? undefined : given)
    if (parsed.success) raw[name] = parsed.data
    else problems.push(`${name}: ${parsed.error.issues[0]?.message ?? 'invalid'} (${variable.says})`)
  }
  if (problems.length > 0) throw new ConfigError(problems)
  const it = raw as Raw
  const production = it.NODE_ENV === 'production'
  const masterKey = masterKeyFrom(it, problems)
  const publicUrl = it.PUBLIC_URL ?? `http://127.0.0.1:${it.PORT}`
  if (new URL(publicUrl).pathname !== '/') problems.push('PUBLIC_URL: must be an origin, without a path')
  const s3 = s3From(it, problems)
  if (it.KAFKA_WAKES && !it.KAFKA_BROKERS) problems.push('KAFKA_WAKES: needs KAFKA_BROKERS')
  if (production) {
    if (!it.DATABASE_URL) problems.push('DATABASE_URL: production needs a PostgreSQL of its own')
    if (!masterKey) problems.push('MASTER_KEY: production needs its own (openssl rand -base64 32)')
    if (!it.PUBLIC_URL?.startsWith('https://')) problems.push('PUBLIC_URL: production needs an https address')
    if (it.ALLOW_LOOPBACK) problems.push('ALLOW_LOOPBACK: not in production')
    if (it.DATABASE_URL && /:(postgres|password|cuepoint|change-?me)@/.test(it.DATABASE_URL))
      problems.push('DATABASE_URL: production refuses a default password')
    if (/^(minioadmin|minio123|password|secret|change-?me)$/i.test(it.S3_SECRET_ACCESS_KEY ?? ''))
      problems.push('S3_SECRET_ACCESS_KEY: production refuses a default secret')
  }
  if (problems.length > 0) throw new ConfigError(problems)
  return Object.freeze({
    production,
    port: it.PORT,
    host: it.HOST,
    publicUrl,
    dataDir: resolve(home, it.DATA_DIR),
    databaseUrl: it.DATABASE_URL,
    databasePool: it.DATABASE_POOL,
    redisUrl: it.REDIS_URL,
    masterKey,
    logLevel: it.LOG_LEVEL,
    samplesDir: resolve(home, it.SAMPLES_DIR),
    clientDir: resolve(home, 'client/dist'),
    sessionSeconds: Math.round(it.SESSION_HOURS * 3600),
    keyOverlapSeconds: Math.round(it.KEY_OVERLAP_HOURS * 3600),
    s3,
    media: Object.freeze({
      baseUrl: it.MEDIA_BASE_URL ?? publicUrl,
      maxFileBytes: Math.floor(it.MEDIA_MAX_FILE_MB * megabyte),
      courseQuotaBytes: Math.floor(it.MEDIA_COURSE_QUOTA_MB * megabyte),
      keepOriginal: it.MEDIA_KEEP_ORIGINAL === 'true',
      uploadSeconds: Math.round(it.MEDIA_UPLOAD_HOURS * 3600),
    }),
    transcoding: Object.freeze({
      ffmpegDir: it.FFMPEG_DIR,
      path: env.PATH ?? '/usr/local/bin:/usr/bin:/bin',
      atOnce: it.TRANSCODES_AT_ONCE,
      stallSeconds: it.TRANSCODE_STALL_SECONDS,
      workDir: resolve(home, it.DATA_DIR, 'work'),
    }),
    workerListens: Object.freeze(it.WORKER_LISTENS.split(',').map((name) => name.trim())),
    allowLoopback: it.ALLOW_LOOPBACK,
    metricsPort: it.METRICS_PORT,
    metricsToken: it.METRICS_TOKEN,
    otlpEndpoint: it.OTEL_EXPORTER_OTLP_ENDPOINT,
    kafka: it.KAFKA_BROKERS && { brokers: it.KAFKA_BROKERS, prefix: it.KAFKA_PREFIX, wakes: it.KAFKA_WAKES },
    trustProxy: it.TRUST_PROXY,
    demoLmsPort: it.DEMO_LMS_PORT,
    demoLmsProfile: it.DEMO_LMS_PROFILE,
    demoClass: it.DEMO_CLASS,
  })
}

function s3From(it: Raw, problems: string[]): S3Place | undefined {
  const { S3_BUCKET: bucket, S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = it
  if (!bucket) {
    if (it.S3_ENDPOINT) problems.push('S3_BUCKET: S3_ENDPOINT is set, the bucket is not')
    return undefined
  }
  if (!accessKeyId !== !secretAccessKey) problems.push('S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY: set both or neither')
  return Object.freeze({
    bucket,
    endpoint: it.S3_ENDPOINT,
    publicEndpoint: it.S3_PUBLIC_ENDPOINT ?? it.S3_ENDPOINT,
    region: it.S3_REGION,
    credentials: accessKeyId && secretAccessKey ? { accessKeyId, secretAccessKey } : undefined,
    forcePathStyle: it.S3_FORCE_PATH_STYLE === '' ? it.S3_ENDPOINT !== undefined : it.S3_FORCE_PATH_STYLE === 'true',
  })
}

function masterKeyFrom(it: Raw, problems: string[]): string | undefined {
  let key = it.MASTER_KEY
  if (it.MASTER_KEY_FILE) {
    if (key) problems.push('MASTER_KEY: set it or MASTER_KEY_FILE, not both')
    try {
      key = readFileSync(it.MASTER_KEY_FILE, 'utf8').trim()
    } catch {
      problems.push('MASTER_KEY_FILE: the file cannot be read')
    }
  }
  if (!key) return undefined
  const bytes = Buffer.from(key, 'base64')
  if (bytes.length !== 32) problems.push('MASTER_KEY: must be 32 bytes in base64 (openssl rand -base64 32)')
  else if (new Set(bytes).size < 8) problems.push('MASTER_KEY: this is a default or an empty key; make one with openssl rand -base64 32')
  return key
}

let loaded: Config | undefined

/** With what a `.env` at the project's root says; the environment itself wins. Tests say all themselves. */
function environment(): NodeJS.ProcessEnv {
  const file = resolve(home, '.env')
  if (process.env.NODE_ENV !== 'test' && existsSync(file)) process.loadEnvFile(file)
  return process.env
}

/** Loads the configuration once; `over` wins over the environment. */
export function loadConfig(over: NodeJS.ProcessEnv = {}): Config {
  loaded = configFrom({ ...environment(), ...over })
  return loaded
}

/** The configuration of this process. */
export function config(): Config {
  return (loaded ??= configFrom(environment()))
}
