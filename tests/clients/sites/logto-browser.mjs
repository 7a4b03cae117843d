// The page of an application that uses `@logto/browser`. Its settings come with the address, so that the test makes them.
import LogtoClient from '@logto/browser';

const here = window.location.origin;
const named = new URLSearchParams(window.location.search).get('settings');
if (named) window.sessionStorage.setItem('settings', named);
const client = new LogtoClient(JSON.parse(window.sessionStorage.getItem('settings')));

window.site = {
  signIn: () => client.signIn({ redirectUri: `${here}/callback` }),
  finish: () => client.handleSignInCallback(window.location.href),
  isSignedIn: () => client.isAuthenticated(),
  claims: () => client.getIdTokenClaims(),
  userinfo: () => client.fetchUserInfo(),
  token: (resource) => client.getAccessToken(resource),
  forget: () => client.clearAccessToken(),
  signOut: () => client.signOut(`${here}/signed-out`),
};
