// Tables of media that are read and written as objects. Uploads, captions and requests use raw SQL.
import type { AssetKind, AssetState, Finding } from '@cuepoint/contracts'
import { type CreationOptional, DataTypes, type InferAttributes, type InferCreationAttributes, Model, type Sequelize } from 'sequelize'

/** One file of a course, and what has been made of it. */
export class AssetRow extends Model<InferAttributes<AssetRow>, InferCreationAttributes<AssetRow>> {
  declare id: string
  declare institutionId: string
  declare courseId: string
  declare kind: AssetKind
  declare name: string
  declare bytes: number
  declare state: AssetState
  declare failureCode: CreationOptional<string | null>
  declare failureMessage: CreationOptional<string | null>
  declare durationSeconds: CreationOptional<number | null>
  declare width: CreationOptional<number | null>
  declare height: CreationOptional<number | null>
  declare hasAudio: CreationOptional<boolean>
  declare hasVideo: CreationOptional<boolean>
  /** Key in the storage; null once it was deleted. */
  declare originalKey: CreationOptional<string | null>
  declare originalKept: CreationOptional<boolean>
  /** The set of renditions that is played; 0 = none yet. */
  declare generation: CreationOptional<number>
  declare playable: CreationOptional<boolean>
  declare chunksDone: CreationOptional<number>
  /** 0 = not known yet. */
  declare chunksTotal: CreationOptional<number>
  declare findings: CreationOptional<Finding[]>
  /** What ffprobe said, or of a picture its sizes. */
  declare probe: CreationOptional<object | null>
  declare createdBy: string | null
  declare createdAt: Date
  declare updatedAt: Date
  declare deletedAt: CreationOptional<Date | null>
}

// Functions, because Sequelize writes each column's name into the object that it is given.
const uuid = () => ({ type: DataTypes.UUID, allowNull: false })
const text = () => ({ type: DataTypes.TEXT, allowNull: false })
const json = () => ({ type: DataTypes.JSONB, allowNull: false })
const count = () => ({ type: DataTypes.INTEGER, allowNull: false })
const time = () => ({ type: DataTypes.DATE, allowNull: false })
const flag = (defaultValue: boolean) => ({ type: DataTypes.BOOLEAN, allowNull: false, defaultValue })
const maybe = <T extends { allowNull: boolean }>(column: T) => ({ ...column, allowNull: true })

/** Tells Sequelize this room's tables. */
export function mediaModels(sequelize: Sequelize): void {
  AssetRow.init(
    {
      id: { type: DataTypes.UUID, primaryKey: true },
      institutionId: uuid(),
      courseId: uuid(),
      kind: text(),
      name: text(),
      bytes: { type: DataTypes.BIGINT, allowNull: false },
      state: text(),
      failureCode: maybe(text()),
      failureMessage: maybe(text()),
      durationSeconds: { type: DataTypes.DOUBLE, allowNull: true },
      width: maybe(count()),
      height: maybe(count()),
      hasAudio: flag(false),
      hasVideo: flag(false),
      originalKey: maybe(text()),
      originalKept: flag(false),
      generation: { ...count(), defaultValue: 0 },
      playable: flag(false),
      chunksDone: { ...count(), defaultValue: 0 },
      chunksTotal: { ...count(), defaultValue: 0 },
      findings: { ...json(), defaultValue: [] },
      probe: maybe(json()),
      createdBy: maybe(uuid()),
      createdAt: time(),
      updatedAt: time(),
      deletedAt: maybe(time()),
    },
    { sequelize, tableName: 'assets' },
  )
}
