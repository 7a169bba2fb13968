// The calls of a video's page: what was played, answers at their moment; and of its author, who tries the draft out.
import {
  checkCue as checkCueCall,
  checkTryOut as checkTryOutCall,
  reportWatching as reportWatchingCall,
  showTryOut,
} from '@cuepoint/contracts'
import { implement } from '../../kernel/http/implement.ts'
import { checkCue } from './cues.ts'
import { checkTryOut, tryOutOf } from './try-out.ts'
import { reportWatching } from './watching.ts'

export const videoRoutes = [
  implement(reportWatchingCall, ({ caller, params, body }) => reportWatching(caller, params.attemptId, body)),
  implement(checkCueCall, ({ caller, params, body }) => checkCue(caller, params.attemptId, params.cueId, body)),
  implement(showTryOut, ({ caller, params }) => tryOutOf(caller, params.activityId)),
  implement(checkTryOutCall, ({ caller, params, body }) => checkTryOut(caller, params.activityId, params.cueId, body)),
]
