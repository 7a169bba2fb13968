// Tables of lti that are read and written as objects; the launch path uses raw SQL.
import { type CreationOptional, DataTypes, type InferAttributes, type InferCreationAttributes, Model, type Sequelize } from 'sequelize'

export type RegistrationStatus = 'pending' | 'active' | 'retired'

/** One client of one LMS: what an administrator typed, or dynamic registration brought. */
export class RegistrationRow extends Model<InferAttributes<RegistrationRow>, InferCreationAttributes<RegistrationRow>> {
  declare id: string
  declare name: string
  /** Which adapter of lti/lms: canvas, moodle, blackboard, brightspace or generic. */
  declare lms: CreationOptional<string>
  declare issuer: string
  declare clientId: string
  declare authUrl: string
  declare tokenUrl: string
  declare jwksUrl: string
  /** `aud` of token requests where it is not the token URL (Brightspace). */
  declare audience: string | null
  /** Approved beside the origins of issuer, auth and token URL. */
  declare origins: CreationOptional<string[]>
  declare status: CreationOptional<RegistrationStatus>
}

export class DeploymentRow extends Model<InferAttributes<DeploymentRow>, InferCreationAttributes<DeploymentRow>> {
  declare id: string
  declare registrationId: string
  declare deploymentId: string
  declare institutionId: string | null
  declare status: CreationOptional<'pending' | 'approved' | 'refused'>
  /** Approved by an administrator beside those of the registration. */
  declare origins: CreationOptional<string[]>
}

export class ToolKeyRow extends Model<InferAttributes<ToolKeyRow>, InferCreationAttributes<ToolKeyRow>> {
  declare kid: string
  declare publicJwk: object
  /** The private key as PKCS#8 PEM, sealed by kernel/secrets.ts. */
  declare privateSealed: string
  declare createdAt: CreationOptional<Date>
  /** Signs from here on; published from createdAt. */
  declare signsFrom: CreationOptional<Date>
  /** No longer published from here on; may lie ahead. */
  declare retiredAt: Date | null
}

// Functions, because Sequelize writes the field's name into the object it is given.
const text = () => ({ type: DataTypes.TEXT, allowNull: false })
const uuid = () => ({ type: DataTypes.UUID, allowNull: false })
const id = () => ({ type: DataTypes.UUID, primaryKey: true })

export function ltiModels(sequelize: Sequelize): void {
  RegistrationRow.init(
    {
      id: id(),
      name: text(),
      lms: { ...text(), defaultValue: 'generic' },
      issuer: text(),
      clientId: text(),
      authUrl: text(),
      tokenUrl: text(),
      jwksUrl: text(),
      audience: DataTypes.TEXT,
      origins: { type: DataTypes.ARRAY(DataTypes.TEXT), allowNull: false, defaultValue: [] },
      status: { ...text(), defaultValue: 'pending' },
    },
    { sequelize, tableName: 'registrations' },
  )
  DeploymentRow.init(
    {
      id: id(),
      registrationId: uuid(),
      deploymentId: text(),
      institutionId: DataTypes.UUID,
      status: { ...text(), defaultValue: 'pending' },
      origins: { type: DataTypes.ARRAY(DataTypes.TEXT), allowNull: false, defaultValue: [] },
    },
    { sequelize, tableName: 'deployments' },
  )
  ToolKeyRow.init(
    {
      kid: { type: DataTypes.TEXT, primaryKey: true },
      publicJwk: { type: DataTypes.JSONB, allowNull: false },
      privateSealed: text(),
      createdAt: { type: DataTypes.DATE, allowNull: false, defaultValue: DataTypes.NOW },
      signsFrom: { type: DataTypes.DATE, allowNull: false, defaultValue: DataTypes.NOW },
      retiredAt: DataTypes.DATE,
    },
    { sequelize, tableName: 'tool_keys' },
  )
}
