// Tables of assessment: attempts and results. The hot paths read and write them by raw SQL; the shapes are said here.
import type { SyncState, Verdict } from '@cuepoint/contracts'
import { DataTypes, type InferAttributes, Model, type Sequelize } from 'sequelize'

/** What stays of a grade beside its answers: feedback and keys come from the Version again. */
export interface StoredMark {
  questionId: string
  score: number
  verdict: Verdict
}

export class AttemptRow extends Model<InferAttributes<AttemptRow>> {
  declare id: string
  declare institutionId: string
  declare courseId: string
  declare placementId: string
  declare personId: string
  declare activityId: string
  declare versionId: string
  declare number: number
  declare state: 'open' | 'submitted'
  /** Secret: who knows it can undo the shuffle of an ordering question. */
  declare seed: string
  /** An instructor's own try: graded, never part of a Result. */
  declare practice: boolean
  /** Numbers are read by it. */
  declare locale: string
  declare startedAt: Date
  declare deadlineAt: Date | null
  declare savedAt: Date | null
  declare submittedAt: Date | null
  declare submitKey: string | null
  declare timeUp: boolean
  /** Handed in by the server with no answer in it: counts only where the placement's settings say so. */
  declare empty: boolean
  declare score: number | null
  declare maxScore: number
  declare graded: StoredMark[] | null
}
/** An attempt as a plain row. */
export type Attempt = InferAttributes<AttemptRow>

export class ResultRow extends Model<InferAttributes<ResultRow>> {
  declare placementId: string
  declare personId: string
  declare institutionId: string
  declare revision: number
  declare score: number
  declare maxScore: number
  declare attempts: number
  declare submittedAt: Date
  declare syncState: SyncState
  /** The revision that the LMS was last heard of. */
  declare syncRevision: number
  declare syncReason: string | null
  declare syncCode: string | null
  declare syncAt: Date | null
  declare updatedAt: Date
  /** A teacher set the score, with this comment. */
  declare overridden: boolean
  declare comment: string | null
}
/** A Result as a plain row. */
export type StoredResult = InferAttributes<ResultRow>

// Functions, because Sequelize writes each column's name into the object that it is given.
const key = () => ({ type: DataTypes.UUID, primaryKey: true })
const uuid = () => ({ type: DataTypes.UUID, allowNull: false })
const text = () => ({ type: DataTypes.TEXT, allowNull: false })
const int = () => ({ type: DataTypes.INTEGER, allowNull: false })
const points = () => ({ type: DataTypes.DOUBLE, allowNull: false })
const time = () => ({ type: DataTypes.DATE, allowNull: false })
const flag = () => ({ type: DataTypes.BOOLEAN, allowNull: false })
const maybe = <T extends { allowNull: boolean }>(column: T) => ({ ...column, allowNull: true })

/** Tells Sequelize this room's tables. Answers have none here: they are read and written by raw SQL only. */
export function assessmentModels(sequelize: Sequelize): void {
  AttemptRow.init(
    {
      id: key(),
      institutionId: uuid(),
      courseId: uuid(),
      placementId: uuid(),
      personId: uuid(),
      activityId: uuid(),
      versionId: uuid(),
      number: int(),
      state: text(),
      seed: uuid(),
      practice: flag(),
      locale: text(),
      startedAt: time(),
      deadlineAt: maybe(time()),
      savedAt: maybe(time()),
      submittedAt: maybe(time()),
      submitKey: maybe(uuid()),
      timeUp: flag(),
      empty: flag(),
      score: maybe(points()),
      maxScore: points(),
      graded: { type: DataTypes.JSONB, allowNull: true },
    },
    { sequelize, tableName: 'attempts' },
  )
  ResultRow.init(
    {
      placementId: key(),
      personId: key(),
      institutionId: uuid(),
      revision: int(),
      score: points(),
      maxScore: points(),
      attempts: int(),
      submittedAt: time(),
      syncState: text(),
      syncRevision: int(),
      syncReason: maybe(text()),
      syncCode: maybe(text()),
      syncAt: maybe(time()),
      updatedAt: time(),
      overridden: flag(),
      comment: maybe(text()),
    },
    { sequelize, tableName: 'results' },
  )
}
