// Words of a placement that came with the copy of a course.
export const courseCopyMessages = {
  'copy.looking': 'Looking where this link comes from…',
  'copy.lookFailed': 'Choose an activity by hand',
  'copy.title': 'This link came from “{course}”',
  'copy.what':
    'There it led to “{title}” ({questions|1 question|{questions} questions}, {points|1 point|{points} points}). Learners find nothing behind it here until you decide.',
  'copy.draft': 'It has not been published there. A copy is a draft, too: publish it before learners can start.',
  'copy.copy': 'Use a copy',
  'copy.copyHelp': 'A copy belongs to this course: what you change here changes nothing there. Results start empty.',
  'copy.share': 'Use the same activity',
  'copy.shareHelp': 'Both courses use one activity, edited in “{course}”: what is changed there changes here. You can take this back.',
  'copy.relink': 'Choose another activity',
  'copy.all': 'Decide this for everything that came from “{course}”',
  'copy.allHelp':
    '{placed|1 link leads|{placed} links lead} to an activity there; {undecided|1 has|{undecided} have} been opened here and waits. Links that nobody has opened yet follow by themselves.',
  'copy.working': 'Working on it…',
  'copy.doneCopy': 'A copy is in place.',
  'copy.doneShare': 'The activity is shared with this course.',
  'shared.title': 'Shared from “{course}”',
  'shared.what': 'This activity belongs to “{course}” and is edited there.',
  'shared.back': 'Take the share back',
  'shared.backHelp': 'Without the share this link leads nowhere until you choose again. Attempts already made stay.',
  'waits.title': 'Your teacher is still setting this up',
  'waits.what':
    'This link came along when the course was copied, and your teacher decides what is behind it. Please look again later, or ask your teacher.',
} as const
