// Words of the operator's island: sign-in, navigation, and what its parts share. Each part has its own file of words beside.
export const adminMessages = {
  title: 'Cuepoint administration',
  navigation: 'Parts of the administration',
  platforms: 'Platforms',
  registrations: 'Registrations',
  launches: 'Launches',
  deliveries: 'Background work',
  report: 'Report',
  signOut: 'Sign out',
  loading: 'Loading…',
  refresh: 'Refresh',
  updated: 'Updated {time}',

  signingIn: 'Signing you in…',
  'signIn.title': 'Sign in to the administration',
  'signIn.how': 'Whoever runs the server can make a sign-in link. It works once, for an hour:',
  'signIn.paste': 'Or paste a link here',
  'signIn.go': 'Sign in',
  'signIn.empty': 'Paste the whole link first.',
  'signedOut.title': 'You are signed out',
  'over.title': 'Your time here is over',
  'over.how': 'You stay signed in for eight hours. Ask for a new link to go on:',

  'problem.admin_link_unknown': 'This is not a link of this server, or a part of it is missing. Copy the whole link, or make a new one.',
  'problem.admin_link_used':
    'This link was used already: each works once. If that was not you, tell whoever runs the server. Make a new one.',
  'problem.admin_link_expired': 'This link is too old: it works for an hour. Make a new one.',
  'problem.rate_limited': 'Too many tries. Wait a minute, then try again.',
  'problem.unreachable': 'The server does not answer. Check your connection, then try again.',
  'problem.other': 'That did not work. Try again. Support code: {code}',
} as const
