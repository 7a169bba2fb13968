// The door of media: videos: uploads, transcoding, captions, delivery. Empty until interactive video comes.
import { defineModule } from '../../kernel/module.ts'

export const mediaModule = defineModule({ name: 'media' })
