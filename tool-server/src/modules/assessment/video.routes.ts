// The calls of a video's page: what was played, and answers at their moment.
import { checkCue as checkCueCall, reportWatching as reportWatchingCall } from '@cuepoint/contracts'
import { implement } from '../../kernel/http/implement.ts'
import { checkCue } from './cues.ts'
import { reportWatching } from './watching.ts'

export const videoRoutes = [
  implement(reportWatchingCall, ({ caller, params, body }) => reportWatching(caller, params.attemptId, body)),
  implement(checkCueCall, ({ caller, params, body }) => checkCue(caller, params.attemptId, params.cueId, body)),
]
