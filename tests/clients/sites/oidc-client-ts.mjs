// The page of an application that uses `oidc-client-ts`. Its settings come with the address, so that the test makes them.
import { UserManager, WebStorageStateStore } from 'oidc-client-ts';

const here = window.location.origin;
const settings = () => {
  const named = new URLSearchParams(window.location.search).get('settings');
  if (named) window.localStorage.setItem('settings', named);
  return JSON.parse(window.localStorage.getItem('settings'));
};

const manager = new UserManager({
  redirect_uri: `${here}/callback`,
  post_logout_redirect_uri: `${here}/signed-out`,
  loadUserInfo: true,
  automaticSilentRenew: false,
  userStore: new WebStorageStateStore({ store: window.localStorage }),
  ...settings(),
});

/** What the test asks of a user. */
const told = (user) => user && { profile: user.profile, accessToken: user.access_token, refreshToken: user.refresh_token, scope: user.scope };

window.site = {
  signIn: () => manager.signinRedirect(),
  finish: async () => told(await manager.signinRedirectCallback()),
  finishSilently: () => manager.signinSilentCallback(),
  refresh: async () => told(await manager.signinSilent()),
  user: async () => told(await manager.getUser()),
  revoke: () => manager.revokeTokens(),
  signOut: () => manager.signoutRedirect({ state: 'bye' }),
  finishSignOut: async () => (await manager.signoutRedirectCallback()).userState,
};
if (window.location.pathname === '/silent') window.site.finishSilently();
