// Asset, Upload, Caption, Playback: the files of a course, from the first byte of an upload to what a player is given.
import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { Id, Instant, NoBody, NoParams, Ok } from './session.ts'

/** `video` and `audio` are watched; `image` and `sound` (a short one) stand inside questions. */
export const AssetKind = z.enum(['video', 'audio', 'image', 'sound'])
export type AssetKind = z.infer<typeof AssetKind>

/** uploading: bytes arrive; processing: they are all here and are made ready; failed: `failure` says why. */
export const AssetState = z.enum(['uploading', 'processing', 'ready', 'failed', 'cancelled'])
export type AssetState = z.infer<typeof AssetState>

/** Something that looks like personal data. Kept in the tenant, shown to the instructor before publishing. */
export const Finding = z.object({
  kind: z.enum(['email', 'phone', 'id-number', 'card-number', 'bank-account']),
  /** Where it was seen: the file's name, or a caption with its language and time. */
  where: z.enum(['name', 'caption']),
  /** Of a caption: which, and when it is shown. */
  captionId: Id.nullable(),
  atSeconds: z.number().nullable(),
  /** The words around it. */
  excerpt: z.string().max(200),
})
export type Finding = z.infer<typeof Finding>

/** An upload under way. */
export const UploadFacts = z.object({
  /** Begun by the caller: nobody else can go on with it. */
  mine: z.boolean(),
  /** What the page said of the file's bytes when it began (`fingerprint` of the metadata): the same file says the same again. */
  fingerprint: z.string().nullable(),
  /** When bytes came last. */
  touchedAt: Instant,
})
export type UploadFacts = z.infer<typeof UploadFacts>

/**
 * Why a file is not being made ready at the moment. `worker`: no process serves that; `turn`: `ahead` others came first; `room`: the
 * server's disk is full.
 */
export const EncodeWait = z.object({ for: z.enum(['worker', 'turn', 'room']), ahead: z.number().int() })
export type EncodeWait = z.infer<typeof EncodeWait>

export const Asset = z.object({
  id: Id,
  kind: AssetKind,
  /** The file's name, cleaned. */
  name: z.string(),
  /** As the upload announced them; of what has arrived see `received`. */
  bytes: z.number().int(),
  received: z.number().int(),
  state: AssetState,
  /** `message` is in words that an instructor understands and says what to do. */
  failure: z.object({ code: z.string(), message: z.string() }).nullable(),
  durationSeconds: z.number().nullable(),
  width: z.number().int().nullable(),
  height: z.number().int().nullable(),
  hasAudio: z.boolean(),
  hasVideo: z.boolean(),
  /** A first rendition can be played, though others are still encoded. */
  playable: z.boolean(),
  /** Chunks encoded, of how many; null before that is known. */
  progress: z.object({ done: z.number().int(), total: z.number().int() }).nullable(),
  /** Of a file that is being uploaded. */
  upload: UploadFacts.nullish(),
  /** Of a single file that is not ready: null = it is being worked on, or will be in a moment. */
  waits: EncodeWait.nullish(),
  findings: z.array(Finding),
  originalKept: z.boolean(),
  createdAt: Instant,
})
export type Asset = z.infer<typeof Asset>

/** BCP 47, e.g. `en`, `de-AT`, `zh-Hant`. */
export const Language = z.string().regex(/^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8}){0,3}$/)

/** One cue of captions: plain words, lines parted by \n. */
export const CaptionCue = z.object({
  fromSeconds: z.number().min(0).max(360_000),
  toSeconds: z.number().min(0).max(360_000),
  text: z.string().min(1).max(2000),
})
export type CaptionCue = z.infer<typeof CaptionCue>

export const mostCues = 20_000

export const Caption = z.object({
  id: Id,
  language: Language,
  label: z.string(),
  cues: z.array(CaptionCue),
  /** Rises with every change. */
  revision: z.number().int(),
})
export type Caption = z.infer<typeof Caption>

/** What a player needs. Addresses are signed: for this session and this asset, until the session ends. */
export const Playback = z.object({
  assetId: Id,
  durationSeconds: z.number(),
  hlsUrl: z.string(),
  audioOnlyUrl: z.string().nullable(),
  posterUrl: z.string().nullable(),
  /** WebVTT whose cues name parts of a sprite. */
  storyboardUrl: z.string().nullable(),
  waveformUrl: z.string().nullable(),
  width: z.number().int(),
  height: z.number().int(),
  hasVideo: z.boolean(),
  captions: z.array(z.object({ id: Id, language: Language, label: z.string(), url: z.string() })),
  /** The uploaded file without its device and place data, where it was kept; for instructors only. */
  originalUrl: z.string().nullable(),
})
export type Playback = z.infer<typeof Playback>

/** What an author may use, and how much of it is left. */
export const MediaLimits = z.object({
  maxFileBytes: z.number().int(),
  courseQuotaBytes: z.number().int(),
  courseUsedBytes: z.number().int(),
  /** What one picture or sound of a question may have. */
  maxImageBytes: z.number().int(),
  maxSoundBytes: z.number().int(),
})
export type MediaLimits = z.infer<typeof MediaLimits>

/**
 * Where tus uploads are made: POST here; the answer's Location is the upload's own address. Its metadata: `filename`, and `fingerprint`,
 * by which the file is known again.
 */
export const uploadsPath = '/api/uploads'

/** Where a picture or short sound of a question is put: its bytes as the body, its name percent-encoded in X-File-Name. Answers InlineMedia. */
export const inlineMediaPath = '/api/inline-media'

/** A picture or a short sound of a question as one address tells it. */
export const InlineMedia = z.object({
  assetId: Id,
  kind: z.enum(['image', 'sound']),
  state: AssetState,
  url: z.string().nullable(),
  /** Of a picture: `srcset` as the browser takes it. */
  srcset: z.string().nullable(),
  width: z.number().int().nullable(),
  height: z.number().int().nullable(),
})
export type InlineMedia = z.infer<typeof InlineMedia>

const ofAsset = z.object({ assetId: Id })
const ofCaption = z.object({ captionId: Id })
const staff = ['instructor', 'assistant'] as const

export const listAssets = endpoint({
  method: 'GET',
  path: '/api/assets',
  for: staff,
  params: NoParams,
  body: NoBody,
  reply: z.object({ assets: z.array(Asset), limits: MediaLimits }),
})
export const getAsset = endpoint({ method: 'GET', path: '/api/assets/:assetId', for: staff, params: ofAsset, body: NoBody, reply: Asset })
export const cancelAsset = endpoint({
  method: 'POST',
  path: '/api/assets/:assetId/cancel',
  for: ['instructor'],
  params: ofAsset,
  body: NoBody,
  reply: Asset,
})
/** Starts over what failed or was cancelled; asset_not_retriable where the file is not here any more. */
export const retryAsset = endpoint({
  method: 'POST',
  path: '/api/assets/:assetId/retry',
  for: ['instructor'],
  params: ofAsset,
  body: NoBody,
  reply: Asset,
})
/** asset_in_use where a published activity, or an attempt, shows it: the words name the activities. */
export const deleteAsset = endpoint({
  method: 'DELETE',
  path: '/api/assets/:assetId',
  for: ['instructor'],
  params: ofAsset,
  body: NoBody,
  reply: Ok,
})
export const getPlayback = endpoint({
  method: 'GET',
  path: '/api/assets/:assetId/playback',
  for: staff,
  params: ofAsset,
  body: NoBody,
  reply: Playback,
})
export const getInlineMedia = endpoint({
  method: 'GET',
  path: '/api/assets/:assetId/inline',
  for: staff,
  params: ofAsset,
  body: NoBody,
  reply: InlineMedia,
})
export const listCaptions = endpoint({
  method: 'GET',
  path: '/api/assets/:assetId/captions',
  for: staff,
  params: ofAsset,
  body: NoBody,
  reply: z.object({ captions: z.array(Caption) }),
})
/** `text` is a whole WebVTT or SRT file; caption_exists where the asset has one in that language. */
export const addCaption = endpoint({
  method: 'POST',
  path: '/api/assets/:assetId/captions',
  for: ['instructor'],
  params: ofAsset,
  body: z.object({ language: Language, label: z.string().trim().min(1).max(80), text: z.string().min(1).max(2_000_000) }),
  reply: Caption,
  maxBytes: 2_621_440,
})
/** The whole list, as it was edited; draft_conflict where somebody changed it since `revision`. */
export const saveCaption = endpoint({
  method: 'PUT',
  path: '/api/captions/:captionId',
  for: ['instructor'],
  params: ofCaption,
  body: z.object({
    revision: z.number().int(),
    language: Language,
    label: z.string().trim().min(1).max(80),
    cues: z.array(CaptionCue).max(mostCues),
  }),
  reply: Caption,
  maxBytes: 4_194_304,
})
export const deleteCaption = endpoint({
  method: 'DELETE',
  path: '/api/captions/:captionId',
  for: ['instructor'],
  params: ofCaption,
  body: NoBody,
  reply: Ok,
})
