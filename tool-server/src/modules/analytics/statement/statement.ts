// The shape of an xAPI statement (1.0.3 and 2.0 alike), as far as we write one. Everything in this folder is PURE.

/** Texts by language (RFC 5646). */
export type LanguageMap = Readonly<Record<string, string>>

export type Agent =
  | { readonly objectType: 'Agent'; readonly account: { readonly homePage: string; readonly name: string } }
  | { readonly objectType: 'Agent'; readonly mbox: string }

export interface Component {
  readonly id: string
  readonly description: LanguageMap
}

export interface Definition {
  readonly type: string
  readonly name?: LanguageMap
  readonly description?: LanguageMap
  readonly interactionType?: 'true-false' | 'choice' | 'fill-in' | 'long-fill-in' | 'matching' | 'sequencing' | 'numeric' | 'other'
  /** Alternatives; absent = not told. */
  readonly correctResponsesPattern?: readonly string[]
  readonly choices?: readonly Component[]
  readonly source?: readonly Component[]
  readonly target?: readonly Component[]
}

export interface XapiActivity {
  readonly objectType: 'Activity'
  readonly id: string
  readonly definition: Definition
}

export interface Score {
  readonly scaled?: number
  readonly raw?: number
  readonly min?: number
  readonly max?: number
}

export interface XapiResult {
  readonly score?: Score
  readonly success?: boolean
  readonly completion?: boolean
  readonly response?: string
  /** ISO 8601 */
  readonly duration?: string
  readonly extensions?: Readonly<Record<string, unknown>>
}

export interface XapiContext {
  readonly registration?: string
  readonly platform: string
  readonly language?: string
  readonly contextActivities: {
    readonly parent?: readonly XapiActivity[]
    readonly grouping?: readonly XapiActivity[]
    readonly category?: readonly XapiActivity[]
    readonly other?: readonly XapiActivity[]
  }
  readonly extensions?: Readonly<Record<string, unknown>>
}

export interface Statement {
  readonly id: string
  readonly actor: Agent
  readonly verb: { readonly id: string; readonly display: LanguageMap }
  readonly object: XapiActivity | { readonly objectType: 'StatementRef'; readonly id: string }
  readonly result?: XapiResult
  readonly context: XapiContext
  readonly timestamp: string
}
