// Launches that must be accepted although the LMS's keys are away or new.
import { forgetPlatformKeys } from '../../src/modules/lti/platforms/platform-keys.ts'
import { keysAway } from './refused-in-time.ts'
import { type Row, walk } from './rows.ts'

const oursOnly = 'needs the clock of our process'

export const acceptedInTime: Row[] = [
  {
    ...{ id: 'G23', says: 'the LMS’s keys are down, and ours of an hour ago fit', status: 200, attack: 26, oursOnly },
    send: keysAway({ drop: true }, 1),
  },
  {
    ...{ id: 'G24', says: 'the LMS’s keys are down, and ours of 23 hours ago fit', status: 200, attack: 26, oursOnly },
    send: keysAway({ status: 500 }, 23),
  },
  {
    ...{ id: 'G25', says: 'a key that the LMS made since its last launch', status: 200 },
    send: async (scene) => {
      forgetPlatformKeys()
      await (await (await walk(scene)).launch()).text()
      scene.lms.platform.rotateKey()
      return (await walk(scene)).launch()
    },
  },
]
