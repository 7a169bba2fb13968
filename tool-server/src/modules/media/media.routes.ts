// The calls of media.
import {
  addCaption as addCaptionCall,
  cancelAsset as cancelAssetCall,
  deleteCaption as deleteCaptionCall,
  getAsset,
  getInlineMedia,
  getPlayback,
  listAssets,
  listCaptions,
  retryAsset as retryAssetCall,
  saveCaption as saveCaptionCall,
} from '@cuepoint/contracts'
import { implement } from '../../kernel/http/implement.ts'
import { cancelAsset, retryAsset } from './asset-deeds.ts'
import { assetOfCaller, assetsOf, seeToReach } from './assets.ts'
import { addCaption, captionsOf, deleteCaption, saveCaption } from './captions.ts'
import { deliveryRoute } from './delivery.routes.ts'
import { inlineMediaOf } from './inline-assets.ts'
import { inlineUploadRoute } from './inline-upload.routes.ts'
import { liveAssetRoute } from './live-asset.routes.ts'
import { playbackFor } from './playback.ts'
import { uploadRoutes } from './uploads.routes.ts'

export const mediaRoutes = [
  ...uploadRoutes,
  inlineUploadRoute,
  deliveryRoute,
  liveAssetRoute,
  implement(listAssets, ({ caller }) => assetsOf(caller)),
  implement(getAsset, ({ caller, params }) => assetOfCaller(caller, params.assetId)),
  implement(cancelAssetCall, ({ caller, params }) => cancelAsset(caller, params.assetId)),
  implement(retryAssetCall, ({ caller, params }) => retryAsset(caller, params.assetId)),
  implement(getPlayback, async ({ caller, params }) => {
    await seeToReach(caller, params.assetId)
    return playbackFor(caller, params.assetId)
  }),
  implement(getInlineMedia, ({ caller, params }) => inlineMediaOf(caller, params.assetId)),
  implement(listCaptions, async ({ caller, params }) => ({ captions: await captionsOf(caller, params.assetId) })),
  implement(addCaptionCall, ({ caller, params, body }) => addCaption(caller, params.assetId, body)),
  implement(saveCaptionCall, ({ caller, params, body }) => saveCaption(caller, params.captionId, body)),
  implement(deleteCaptionCall, async ({ caller, params }) => {
    await deleteCaption(caller, params.captionId)
    return { ok: true as const }
  }),
]
