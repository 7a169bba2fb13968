// The shape of an LMS adapter. Facts and their numbers: docs/lms and the comments beside each.
export interface Lms {
  readonly name: string
  /** As its people call it, for messages. */
  readonly title: string
  /** `product_family_code` by which the LMS names itself when it registers. */
  readonly families: readonly string[]
  /** Issuers that all schools of the vendor's cloud share: those need not lie on the host that registers. */
  readonly sharedIssuers: readonly string[]
  /** `aud` of token requests where it is another than the token address, by the host of that address. */
  readonly tokenAudiences: Readonly<Record<string, string>>
  /** What the LMS's administrator does after the registration, in the LMS. */
  readonly afterRegistration: string
  /** Hosts of the vendor's cloud that frames and services may be on though issuer and keys are elsewhere. */
  readonly originPatterns: readonly string[]
  /** Two scores of one learner must lie this far apart in time, in seconds. */
  readonly scoreSpacingSeconds: number
  /** A retry says that it is no new submission, else it uses up an attempt (Canvas, facts 9 and 10). */
  readonly marksResubmission: boolean
  /** deep_linking_settings.title is the name of the tool, not what the instructor typed for the link. */
  readonly titleIsToolName: boolean
  /** What a 403 of the score service looks like when it only means "slower". */
  readonly isThrottle: (answer: { status: number; headers: Record<string, string>; body: string }) => boolean
  /** Where the LMS can be asked to launch the same item in a window of its own, from the login's message hint. */
  readonly relaunchUrl?: (issuer: string, messageHint: string) => string | null
}
