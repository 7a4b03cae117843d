/** The guides in English. */
import type { GuideTexts } from './guides';

export const guideTexts: GuideTexts = {
  token: {
    title: 'Token',
    text: 'What the token is going to say: its audience, its scopes, its client. The times, the issuer and the subject are added later; a script neither sees nor changes them.',
  },
  user: {
    title: 'User',
    text: 'The person the token is for: profile, custom data, social and enterprise identities, roles with their permissions, and the organizations they belong to.',
  },
  grant: {
    title: 'Grant',
    text: 'What the service that exchanged a token told about it, for example the ticket because of which it acts for this person.',
    when: 'Only when a subject token of yours was exchanged, that is for impersonation.',
  },
  interaction: {
    title: 'User interaction',
    text: 'How the person signed in: the factors that they used, and from where. Codes and passwords are not part of it.',
    when: 'While the browser session of the sign-in lasts, and so on refreshes too. Never for exchanged tokens.',
  },
  application: {
    title: 'Application',
    text: 'The application that asks for the token, without its secrets. Its custom data is a good place for what differs between your clients.',
    when: 'When the client is an application of this tenant.',
  },
  organization: {
    title: 'Organization',
    text: 'The organization that the token is for, with its custom data.',
    when: 'When the token request names an organization.',
  },
  api: {
    title: 'Access control',
    text: 'api.denyAccess() ends the script and refuses the token. The text is told to the client. A denial is final, even if the script catches it, and whatever is set under “Error handling”.',
  },
  fetch: {
    title: 'Fetch external data',
    text: 'fetch() asks another service, as in a browser. The person waits meanwhile: give up early, and know what to do without an answer. The whole script has five seconds.',
  },
  variables: {
    title: 'Environment variables',
    text: 'Keys and addresses that should not stand in the text of the script. They are stored encrypted. Once saved, a value is not shown again; you can only replace or remove it.',
  },
};
