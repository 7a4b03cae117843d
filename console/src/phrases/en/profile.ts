/** The administrator's own profile. */
export const profile = {
  title: 'Profile',
  description: 'Your own account as an administrator, and how the console looks for you.',
  account: {
    title: 'Account',
    description: 'How you appear to other administrators.',
    usernameHint: 'You sign in with it.',
  },
  password: {
    description: 'With it you sign in to this console.',
    change: 'Change password',
    old: 'Current password',
    again: 'New password once more',
    differ: 'The two passwords differ',
    changed: 'Password changed',
  },
  preferences: {
    title: 'Console',
    description: 'Kept in this browser.',
  },
};
