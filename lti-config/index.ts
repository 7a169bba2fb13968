// The door of lti-config: what the server tells an LMS, and what people are told to do there.
export { type PlatformOffer, registrationBody, wantedScopes } from './registration.ts'
export { canvasConfiguration, tool } from './tool.ts'
