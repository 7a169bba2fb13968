// The door of lti: the only room that speaks LTI. It fills identity from launches, offers the picker's choice back to the
// LMS, and carries Results to its gradebook.
import { defineModule, schedule } from '../../kernel/module.ts'
import { ltiPeople } from './about-people.ts'
import { doctorRoutes } from './doctor/doctor.routes.ts'
import { flightRoutes } from './flight/flight.routes.ts'
import { dropOldFlights } from './flight/recorder.ts'
import { dropOldLogins } from './launch/login-attempts.ts'
import { ltiModels } from './lti.models.ts'
import { ltiRoutes } from './lti.routes.ts'
import { subscribeToNotices } from './notices/subscribing.ts'
import { wipeRetiredKeys } from './platforms/keys.ts'
import { reportRoutes } from './report/report.routes.ts'
import { makeColumn } from './services/first-column.ts'
import { readBack } from './services/reading-back.ts'
import { refreshRosterListener, refreshRosters } from './services/roster.ts'
import { sendScore } from './services/scores.ts'
import { sendAgainForRoster } from './services/sending-again.ts'

export { flushFlights } from './flight/recorder.ts'
export { keepServicesIn } from './launch/keeping-services.ts'
export { lmsNames } from './lms/index.ts'
export { approveRegistration, grantedOf, refuseDeployment } from './platforms/approvals.ts'
export { approveDeployment, deploymentOf, deploymentsOf, institutionOf } from './platforms/deployments.ts'
export { keyStates, rotateKey } from './platforms/keys.ts'
export { askedOrigins, decideOrigin } from './platforms/origins.ts'
export { listRegistrationLinks, makeRegistrationLink, revokeRegistrationLink } from './platforms/registration-links.ts'
export { listRegistrations, type Registration, saveRegistration, setStatus } from './platforms/registry.ts'

export const ltiModule = defineModule({
  name: 'lti',
  personal: ltiPeople,
  models: ltiModels,
  routes: [...ltiRoutes, ...flightRoutes, ...doctorRoutes, ...reportRoutes],
  listeners: [makeColumn, sendScore, sendAgainForRoster, refreshRosterListener],
  schedules: [
    schedule({ name: 'lti.drop-old-logins', everySeconds: 900, run: dropOldLogins }),
    schedule({ name: 'lti.drop-old-flights', everySeconds: 60, run: dropOldFlights }),
    schedule({ name: 'lti.wipe-retired-keys', everySeconds: 3600, run: wipeRetiredKeys }),
    refreshRosters,
    subscribeToNotices,
    readBack,
  ],
})
