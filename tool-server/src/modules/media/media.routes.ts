// The calls of media.
import {
  cancelAsset as cancelAssetCall,
  deleteAsset as deleteAssetCall,
  getAsset,
  listAssets,
  retryAsset as retryAssetCall,
} from '@cuepoint/contracts'
import { implement } from '../../kernel/http/implement.ts'
import { cancelAsset, deleteAsset, retryAsset } from './asset-deeds.ts'
import { assetOfCaller, assetsOf } from './assets.ts'
import { liveAssetRoute } from './live-asset.routes.ts'
import { uploadRoutes } from './uploads.routes.ts'

export const mediaRoutes = [
  ...uploadRoutes,
  liveAssetRoute,
  implement(listAssets, ({ caller }) => assetsOf(caller)),
  implement(getAsset, ({ caller, params }) => assetOfCaller(caller, params.assetId)),
  implement(cancelAssetCall, ({ caller, params }) => cancelAsset(caller, params.assetId)),
  implement(retryAssetCall, ({ caller, params }) => retryAsset(caller, params.assetId)),
  implement(deleteAssetCall, async ({ caller, params }) => {
    await deleteAsset(caller, params.assetId)
    return { ok: true as const }
  }),
]
