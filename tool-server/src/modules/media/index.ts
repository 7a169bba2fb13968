// The door of media: the files of a course: uploads, transcoding, captions, delivery.
import { defineModule } from '../../kernel/module.ts'
import { mediaModels } from './media.models.ts'
import { mediaRoutes } from './media.routes.ts'
import { sweepSchedules } from './sweeping.ts'

export { playbackFor } from './playback.ts'
export { type AssetFacts, assetOf, assetOfInstitution, shareAsset } from './reach.ts'
export { flushSegmentRequests } from './segment-requests.ts'

export const mediaModule = defineModule({ name: 'media', models: mediaModels, routes: mediaRoutes, schedules: sweepSchedules })
