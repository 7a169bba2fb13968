// The shape of an LMS adapter. Facts and their numbers: docs/lms and the comments beside each.

/** What a service of the LMS answered. */
export interface LmsAnswer {
  status: number
  headers: Record<string, string>
  body: string
}

/**
 * Why a score is not taken, as far as it matters to what is done next. `person`: the LMS knows no such student in the course;
 * `attempts`: they are used up; `column`: it is gone; `permission`: an administrator must grant it; `value`: anything else.
 */
export type RefusalCode = 'person' | 'attempts' | 'column' | 'permission' | 'value'

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
  /** Calls of one access token that may be under way at once. */
  readonly mostInFlight: number
  /** The LMS makes no column for a link by itself: Cuepoint does, as soon as an activity is behind it. */
  readonly makesNoColumn: boolean
  /**
   * What is put into a score beyond the specification; `mayBeStored`: an earlier try of it, or another score of the same work, may have
   * reached the gradebook; `workUrl`: where the LMS may open that work again.
   */
  readonly scoreExtension: (mayBeStored: boolean, workUrl: string | null) => Record<string, unknown> | null
  /** A score without a comment erases the one that stands there, so that one is read first and sent along. */
  readonly erasesComment: boolean
  /** 404 of the score service may mean the person and not the column, and a 403 that speaks of an enrolment does. */
  readonly hidesPeople: boolean
  /** deep_linking_settings.title is the name of the tool, not what the instructor typed for the link. */
  readonly titleIsToolName: boolean
  /** What a refusal of the score service looks like when it only means "slower". */
  readonly isThrottle: (answer: LmsAnswer) => boolean
  /** The LMS holds a newer or equal timestamp. */
  readonly isOlderTime: (answer: LmsAnswer) => boolean
  /** The LMS takes the score for one of the future: our clock goes ahead of its own. */
  readonly isAheadOfTime: (answer: LmsAnswer) => boolean
  /** What a 400, 412 or 422 of the score service is about; undefined where its words do not tell. */
  readonly refusalOf: (answer: LmsAnswer) => RefusalCode | undefined
  /** How its teachers let a link open outside the course's frame, where no browser keeps us from knowing who came. */
  readonly ownTab: string
  /** Where the LMS can be asked to launch the same item in a window of its own, from the login's message hint. */
  readonly relaunchUrl?: (issuer: string, messageHint: string) => string | null
}

/** `aud` of token requests where nobody names one and it is not the token address. */
export function tokenAudienceOf(lms: Lms, tokenUrl: string): string | undefined {
  return URL.canParse(tokenUrl) ? lms.tokenAudiences[new URL(tokenUrl).hostname] : undefined
}
