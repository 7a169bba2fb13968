// The anchor of `answers`: saving an answer as an ordinary Express 5 + Sequelize 6 app does it, on the product's own versions of
// both. JSON body, session looked up by the hash of its bearer token, one upsert per answer, committed before the reply.
// It does less than the product (no schema, no look at the attempt, no `seq` rule, no headers, no log): that is in its favour.
import { createHash } from 'node:crypto'
import express from 'express'
import { DataTypes, Sequelize } from 'sequelize'

const { databaseUrl, port, sessions } = JSON.parse(process.argv[2] ?? '{}') as {
  databaseUrl: string
  port: number
  sessions: { token: string; attemptId: string }[]
}
const sequelize = new Sequelize(databaseUrl, { dialect: 'postgres', logging: false, pool: { max: 10 } })
const Session = sequelize.define('session', {
  tokenHash: { type: DataTypes.STRING, primaryKey: true },
  attemptId: { type: DataTypes.UUID, allowNull: false },
  expiresAt: { type: DataTypes.DATE, allowNull: false },
})
const Answer = sequelize.define('answer', {
  attemptId: { type: DataTypes.UUID, primaryKey: true },
  questionId: { type: DataTypes.STRING, primaryKey: true },
  seq: { type: DataTypes.BIGINT, allowNull: false },
  value: { type: DataTypes.JSONB, allowNull: false },
})
const hashOf = (token: string) => createHash('sha256').update(token).digest('hex')
await sequelize.sync()
const expiresAt = new Date(Date.now() + 12 * 3_600_000)
await Session.bulkCreate(sessions.map(({ token, attemptId }) => ({ tokenHash: hashOf(token), attemptId, expiresAt })))

const app = express()
app.use(express.json())
app.use(async (request, response, next) => {
  const session = await Session.findByPk(hashOf(request.headers.authorization?.replace('Bearer ', '') ?? ''))
  if (!session || (session.get('expiresAt') as Date) < new Date()) return void response.status(401).json({ error: 'session expired' })
  response.locals.attemptId = session.get('attemptId')
  next()
})
app.put('/api/attempts/:attemptId/answers', async (request, response) => {
  const { attemptId } = request.params
  if (attemptId !== response.locals.attemptId) return void response.status(404).json({ error: 'no such attempt' })
  const { answers } = request.body as { answers: { questionId: string; seq: number; value: object }[] }
  for (const { questionId, seq, value } of answers) await Answer.upsert({ attemptId, questionId, seq, value })
  response.json({ savedAt: new Date(), saved: answers.map(({ questionId, seq }) => ({ questionId, seq })) })
})
app.get('/api/attempts/:attemptId', async (_request, response) => {
  const answers = await Answer.findAll({ where: { attemptId: response.locals.attemptId }, attributes: ['questionId', 'seq'] })
  response.json({ answers: answers.map((it) => ({ questionId: it.get('questionId'), seq: Number(it.get('seq')) })) })
})
app.listen(port, '127.0.0.1')
