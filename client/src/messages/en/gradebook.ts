// Words about scores that are not in the LMS's gradebook: the teacher's bar and the learner's button.
export const gradebookMessages = {
  'bar.refused': '{count|One score was|{count} scores were} not taken by {platform}. What each needs stands in its row.',
  'bar.again': 'Send them again',
  'bar.sending': 'Sending…',
  'bar.sent': '{count|One score is|{count} scores are} on the way to {platform} again.',
  'bar.nothing': 'There is no score to send again.',
  'bar.csv': 'CSV of missing scores',
  'bar.csvDone': '{rows|One missing score was|{rows} missing scores were} handed to your browser as {name}.',
  'do.person': 'Check that this person is enrolled as a student and the course is published. It is sent again when the class list changes.',
  'do.attempts': 'Allow another submission in the LMS, then send it again.',
  'do.column': 'The gradebook column is gone: add the activity to the course again, then send it again.',
  'do.permission': 'An administrator must allow Cuepoint to write scores.',
  'do.value': 'Send it again; if that does not help, enter it by hand.',
  'do.inactive': 'An administrator has switched this LMS off in Cuepoint.',
  'do.given-up': 'The LMS could not be reached for days. Send it again.',
} as const
