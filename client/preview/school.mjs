// Canned quiz of the preview: all seven kinds, their keys, and a crude grader. Development only.
export const questions = [
  {
    kind: 'single-choice',
    id: 'q1',
    points: 1,
    prompt: '<p>Which gas do plants take <strong>from the air</strong> for photosynthesis?</p>',
    choices: [
      { id: 'a', text: '<p>Oxygen</p>' },
      { id: 'b', text: '<p>Carbon dioxide</p>' },
      { id: 'c', text: '<p>Nitrogen</p>' },
      { id: 'd', text: '<p>Hydrogen, which is split from water vapour by the leaf’s stomata before it reaches the chloroplast</p>' },
    ],
  },
  {
    kind: 'multiple-choice',
    id: 'q2',
    points: 2,
    prompt: '<p>Which of these are produced by the light reactions?</p>',
    choices: [
      { id: 'a', text: '<p>ATP</p>' },
      { id: 'b', text: '<p>NADPH</p>' },
      { id: 'c', text: '<p>Glucose</p>' },
    ],
  },
  { kind: 'true-false', id: 'q3', points: 1, prompt: '<p>The Calvin cycle needs light to run every single step.</p>' },
  { kind: 'short-text', id: 'q4', points: 1, prompt: '<p>Name the green pigment in leaves.</p>' },
  {
    kind: 'number',
    id: 'q5',
    points: 2,
    unit: 'm/s',
    prompt: '<p>A ball falls from 2.9 m. How fast is it when it hits the ground? Use <code>g = 9.81 m/s²</code>.</p>',
  },
  {
    kind: 'ordering',
    id: 'q6',
    points: 2,
    prompt: '<p>Put the steps of photosynthesis in order.</p>',
    items: [
      { id: 'c', text: '<p>Sugar is built</p>' },
      { id: 'a', text: '<p>Light is absorbed</p>' },
      { id: 'b', text: '<p>Water is split and ATP is made in the thylakoid membrane</p>' },
    ],
  },
  {
    kind: 'matching',
    id: 'q7',
    points: 3,
    prompt: '<p>Where does it happen?</p>',
    prompts: [
      { id: 'p1', text: '<p>Light reactions</p>' },
      { id: 'p2', text: '<p>Calvin cycle</p>' },
      { id: 'p3', text: '<p>Cellular respiration</p>' },
    ],
    matches: [
      { id: 'm1', text: 'Thylakoid' },
      { id: 'm2', text: 'Stroma' },
      { id: 'm3', text: 'Mitochondrion' },
      { id: 'm4', text: 'Nucleus' },
    ],
  },
]

const keys = {
  q1: { kind: 'single-choice', choiceId: 'b' },
  q2: { kind: 'multiple-choice', choiceIds: ['a', 'b'] },
  q3: { kind: 'true-false', value: false },
  q4: { kind: 'short-text', text: 'chlorophyll' },
  q5: { kind: 'number', text: '7.54' },
  q6: { kind: 'ordering', itemIds: ['a', 'b', 'c'] },
  q7: {
    kind: 'matching',
    matches: [
      { promptId: 'p1', matchId: 'm1' },
      { promptId: 'p2', matchId: 'm2' },
      { promptId: 'p3', matchId: 'm3' },
    ],
  },
}
const inWords = { q4: 'chlorophyll, chlorophyl or Blattgrün', q5: '7.54 m/s, give or take 5 %' }

export function outcomeOf(attempt, shows) {
  const given = new Map(attempt.answers.map((answer) => [answer.questionId, answer.value]))
  const outcomes = attempt.questions.map((question, index) => {
    const value = given.get(question.id)
    const right = value !== undefined && JSON.stringify(value) === JSON.stringify(keys[question.id])
    const verdict = value === undefined ? 'unanswered' : right ? 'right' : index === 1 ? 'partly' : 'wrong'
    return {
      questionId: question.id,
      score: right ? question.points : verdict === 'partly' ? 0.5 : 0,
      maxScore: question.points,
      verdict,
      feedback: verdict === 'wrong' ? ['<p>Look again at <em>chapter 3</em>, page 41.</p>'] : [],
      key: keys[question.id],
      keyInWords: inWords[question.id] ?? null,
    }
  })
  return {
    score: outcomes.reduce((sum, { score }) => sum + score, 0),
    maxScore: attempt.maxScore,
    submittedAt: new Date().toISOString(),
    timeUp: false,
    questions: shows ? outcomes : null,
  }
}
