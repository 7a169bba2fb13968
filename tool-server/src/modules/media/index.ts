// The door of media: the files of a course: uploads, transcoding, captions, delivery.
import { defineModule } from '../../kernel/module.ts'
import { mediaPeople } from './about-people.ts'
import { mediaModels } from './media.models.ts'
import { mediaRoutes } from './media.routes.ts'
import { keepOriginalListener } from './originals.ts'
import { prepareSoundListener } from './sounds.ts'
import { sweepSchedules } from './sweeping.ts'
import { encodeChunkListener } from './transcode/encoding.ts'
import { planTranscodeListener } from './transcode/planning.ts'
import { renewLaddersSchedule, sweepTranscodesSchedule } from './transcode/sweeping.ts'

export { addFile } from './adding.ts'
export { deleteAsset } from './asset-deeds.ts'
export { encoderWarnings } from './ffmpeg.ts'
export { withInlineMedia } from './inline-media.ts'
export { playbackFor } from './playback.ts'
export { type AssetFacts, assetOf, assetOfInstitution, type PlayedFacts, playedFactsOf, shareAsset, usableInlineAssets } from './reach.ts'
export { flushSegmentRequests } from './segment-requests.ts'

export const mediaModule = defineModule({
  name: 'media',
  personal: mediaPeople,
  models: mediaModels,
  routes: mediaRoutes,
  listeners: [planTranscodeListener, encodeChunkListener, prepareSoundListener, keepOriginalListener],
  schedules: [...sweepSchedules, sweepTranscodesSchedule, renewLaddersSchedule],
})
