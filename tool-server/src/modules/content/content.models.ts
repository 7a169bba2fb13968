// Tables of content: activities (with their draft), versions (immutable), topics. `activity_shares` is read by raw SQL only.
import type { ActivityDocument, ActivityKind } from '@cuepoint/contracts'
import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  Model,
  type NonAttribute,
  type Sequelize,
} from 'sequelize'

export class ActivityRow extends Model<InferAttributes<ActivityRow>, InferCreationAttributes<ActivityRow>> {
  declare id: string
  declare institutionId: string
  declare courseId: string
  declare kind: ActivityKind
  declare title: string
  /** The draft. */
  declare document: ActivityDocument
  declare questionCount: number
  declare maxScore: number
  /** Secret: see option-ids.ts. */
  declare idSalt: string
  declare revision: CreationOptional<number>
  /** The latest published Version. */
  declare versionId: CreationOptional<string | null>
  /** The revision that Version was made from. */
  declare publishedRevision: CreationOptional<number | null>
  declare createdBy: string | null
  declare createdAt: Date
  declare updatedAt: Date
  declare deletedAt: CreationOptional<Date | null>
  declare published?: NonAttribute<VersionRow | null>
}

export class VersionRow extends Model<InferAttributes<VersionRow>, InferCreationAttributes<VersionRow>> {
  declare id: string
  declare activityId: string
  declare number: number
  declare title: string
  declare document: ActivityDocument
  declare maxScore: number
  declare publishedBy: string | null
  declare publishedAt: Date
}

export class TopicRow extends Model<InferAttributes<TopicRow>, InferCreationAttributes<TopicRow>> {
  declare id: string
  declare courseId: string
  declare name: string
  declare createdAt: Date
  declare deletedAt: CreationOptional<Date | null>
}

// Functions, because Sequelize writes each column's name into the object that it is given.
const id = () => ({ type: DataTypes.UUID, primaryKey: true })
const uuid = () => ({ type: DataTypes.UUID, allowNull: false })
const text = () => ({ type: DataTypes.TEXT, allowNull: false })
const json = () => ({ type: DataTypes.JSONB, allowNull: false })
const count = () => ({ type: DataTypes.INTEGER, allowNull: false })
const points = () => ({ type: DataTypes.DOUBLE, allowNull: false })
const time = () => ({ type: DataTypes.DATE, allowNull: false })
const maybe = <T extends { allowNull: boolean }>(column: T) => ({ ...column, allowNull: true })

/** Tells Sequelize this room's tables. */
export function contentModels(sequelize: Sequelize): void {
  ActivityRow.init(
    {
      id: id(),
      institutionId: uuid(),
      courseId: uuid(),
      kind: text(),
      title: text(),
      document: json(),
      questionCount: count(),
      maxScore: points(),
      idSalt: uuid(),
      revision: { ...count(), defaultValue: 1 },
      versionId: maybe(uuid()),
      publishedRevision: maybe(count()),
      createdBy: maybe(uuid()),
      createdAt: time(),
      updatedAt: time(),
      deletedAt: maybe(time()),
    },
    { sequelize, tableName: 'activities' },
  )
  VersionRow.init(
    {
      id: id(),
      activityId: uuid(),
      number: count(),
      title: text(),
      document: json(),
      maxScore: points(),
      publishedBy: maybe(uuid()),
      publishedAt: time(),
    },
    { sequelize, tableName: 'versions' },
  )
  TopicRow.init(
    { id: id(), courseId: uuid(), name: text(), createdAt: time(), deletedAt: maybe(time()) },
    { sequelize, tableName: 'topics' },
  )
  ActivityRow.belongsTo(VersionRow, { as: 'published', foreignKey: 'versionId', constraints: false })
}
