// Tables of identity: institutions, people, courses, memberships, placements, sessions.
import { type CreationOptional, DataTypes, type InferAttributes, type InferCreationAttributes, Model, type Sequelize } from 'sequelize'

export class InstitutionRow extends Model<InferAttributes<InstitutionRow>, InferCreationAttributes<InstitutionRow>> {
  declare id: string
  declare name: string
}

export class PersonRow extends Model<InferAttributes<PersonRow>, InferCreationAttributes<PersonRow>> {
  declare id: string
  declare institutionId: string
  /** `sub` of a launch: the LMS's id of the person. */
  declare externalId: string
  declare name: CreationOptional<string>
  declare locale: CreationOptional<string>
}

export class CourseRow extends Model<InferAttributes<CourseRow>, InferCreationAttributes<CourseRow>> {
  declare id: string
  declare institutionId: string
  declare externalId: string
  declare label: CreationOptional<string>
  declare title: CreationOptional<string>
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
  InstitutionRow.init({ id: id(), name: text() }, { sequelize, tableName: 'institutions' })
  PersonRow.init(
    { id: id(), institutionId: uuid(), externalId: text(), name: optionalText(), locale: { ...optionalText(), defaultValue: 'en' } },
    { sequelize, tableName: 'people' },
  )
  CourseRow.init({ id: id(), institutionId: uuid(), externalId: text(), label: optionalText(), title: optionalText() }, { sequelize, tableName: 'courses' })
  PlacementRow.init(
    { id: id(), courseId: uuid(), externalId: text(), title: optionalText(), takesScores: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: false }, activityId: { type: DataTypes.UUID, allowNull: true } },
    { sequelize, tableName: 'placements' },
  )
}
