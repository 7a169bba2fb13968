// Tables of identity that are read and written as objects; launches and sessions use raw SQL.
import { type CreationOptional, DataTypes, type InferAttributes, type InferCreationAttributes, Model, type Sequelize } from 'sequelize'

export class InstitutionRow extends Model<InferAttributes<InstitutionRow>, InferCreationAttributes<InstitutionRow>> {
  declare id: string
  declare name: string
  declare homePage: CreationOptional<string>
}

export class PlacementRow extends Model<InferAttributes<PlacementRow>, InferCreationAttributes<PlacementRow>> {
  declare id: string
  declare courseId: string
  declare externalId: string
  declare title: CreationOptional<string>
  /** Results of this placement are wanted where the launch came from. */
  declare takesScores: CreationOptional<boolean>
  /** Opaque here: activities belong to a room above. */
  declare activityId: string | null
}

// Functions, because Sequelize writes the field's name into the object it is given.
const id = () => ({ type: DataTypes.UUID, primaryKey: true })
const uuid = () => ({ type: DataTypes.UUID, allowNull: false })
const text = () => ({ type: DataTypes.TEXT, allowNull: false })
const optionalText = () => ({ type: DataTypes.TEXT, allowNull: false, defaultValue: '' })

export function identityModels(sequelize: Sequelize): void {
  InstitutionRow.init({ id: id(), name: text(), homePage: optionalText() }, { sequelize, tableName: 'institutions' })
  PlacementRow.init(
    {
      id: id(),
      courseId: uuid(),
      externalId: text(),
      title: optionalText(),
      takesScores: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: false },
      activityId: { type: DataTypes.UUID, allowNull: true },
    },
    { sequelize, tableName: 'placements' },
  )
}
