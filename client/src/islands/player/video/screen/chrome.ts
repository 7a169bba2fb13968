// media-chrome's pieces that the controls use, with our words; each defines its element.
import 'media-chrome/media-controller'
import 'media-chrome/media-control-bar'
import 'media-chrome/media-play-button'
import 'media-chrome/media-seek-backward-button'
import 'media-chrome/media-seek-forward-button'
import 'media-chrome/media-time-display'
import 'media-chrome/media-time-range'
import 'media-chrome/media-preview-thumbnail'
import 'media-chrome/media-preview-time-display'
import 'media-chrome/media-preview-chapter-display'
import 'media-chrome/media-mute-button'
import 'media-chrome/media-volume-range'
import 'media-chrome/media-loading-indicator'
import { addTranslation } from 'media-chrome/utils/i18n'
import { videoControlsMessages } from '../../../../messages/en/video-controls.ts'

// It takes a browser's language only where it was given that; with no other it falls back to this one.
addTranslation('en', videoControlsMessages)
