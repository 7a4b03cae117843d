/**
 * Signing in, through the server's own OpenID Connect in tenant `admin`. The tokens are kept by the client library; what
 * the rest of the console sees is who signed in, and access tokens for the two APIs that it calls.
 */
import LogtoClient, { Prompt } from '@logto/browser';
import { config, consoleUrl } from '@/config/config';

export const managementApi = 'https://default.logto.app/api';
export const meApi = 'https://admin.logto.app/me';

const returnToKey = 'signet.console.return-to';

let client: LogtoClient | undefined;

const logto = () => {
  client ??= new LogtoClient({
    endpoint: config().adminEndpoint,
    appId: 'admin-console',
    resources: [managementApi, meApi],
    scopes: ['email', 'identities', 'custom_data', 'all'],
    prompt: Prompt.Consent,
  });
  return client;
};

export const isSignedIn = () => logto().isAuthenticated();

/** The person who is signed in, as the ID token names them. */
export const whoIsSignedIn = () => logto().getIdTokenClaims();

/** Leaves the console for the sign-in page, and comes back to `returnTo`, a path of the console. */
export const signIn = async (returnTo: string, { register = false } = {}) => {
  sessionStorage.setItem(returnToKey, returnTo);
  await logto().signIn({ redirectUri: new URL('callback', consoleUrl()), ...(register && { firstScreen: 'register' }) });
};

/** Redeems the code in the address, and says where the person wanted to go. */
export const finishSignIn = async (): Promise<string> => {
  await logto().handleSignInCallback(window.location.href);
  const returnTo = sessionStorage.getItem(returnToKey) ?? '/';
  sessionStorage.removeItem(returnToKey);
  return returnTo;
};

export const signOut = () => logto().signOut(consoleUrl().replace(/\/$/, ''));

/** An access token for an API. A session that is over is announced to whoever listens, besides the error. */
export const accessToken = async (resource: string): Promise<string> => {
  try {
    return await logto().getAccessToken(resource);
  } catch (error) {
    if (isOver(error)) announceEnd();
    throw error;
  }
};

/** The token was not accepted though the library thought it good: the next one is fetched anew. */
export const forgetAccessTokens = () => logto().clearAccessToken();

/** The answer that the client library made an error of. */
const statusOf = (error: unknown) => (error instanceof Error && error.cause instanceof Response ? error.cause.status : undefined);

/** The server said that there is no session any more, in contrast to not answering at all, or with a failure of its own. */
const isOver = (error: unknown) => {
  const status = statusOf(error) ?? 400;
  return !(error instanceof TypeError) && navigator.onLine && status < 500 && status !== 429;
};

type Listener = () => void;
const listeners = new Set<Listener>();

/** Calls `listener` when the session turns out to be over. Returns how to stop. */
export const onSessionEnd = (listener: Listener) => {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
};

export const announceEnd = () => {
  for (const listener of listeners) listener();
};
