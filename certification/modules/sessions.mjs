// Basic plan: when somebody is asked to sign in again, and when not.
import assert from 'node:assert/strict';
import { setTimeout as passing } from 'node:timers/promises';
import { checkRefusal, now } from '../checks.mjs';
import { authorize, signIn } from '../relying-party.mjs';

/** Errors that say "only with the person's help" (OpenID Connect Core §3.1.2.6). */
export const needsPerson = ['login_required', 'interaction_required', 'account_selection_required', 'consent_required'];

/** Returns when the clock shows a later second than now. Claims count in seconds, so nothing quicker could be seen. */
const untilLater = async (seconds = 1) => {
  const wanted = now() + seconds;
  while (now() < wanted) await passing(50);
};

/** Somebody signs in, and then the client asks again with `again`. */
const twice = async (op, first, again) => {
  const [client, person, browser] = [await op.client(), await op.person(), op.browser()];
  const before = await signIn(op, client, { browser, person, ...first });
  await untilLater(2);
  const after = await signIn(op, client, { browser, person, ...(typeof again === 'function' ? again(before) : again) });
  assert.equal(after.claims.sub, before.claims.sub);
  assert.notEqual(after.code, before.code);
  return { client, person, browser, before, after };
};

const wasAskedAgain = ({ before, after }) => {
  assert.equal(after.signIns, 1, 'the sign-in page is shown');
  assert.ok(Number.isInteger(after.claims.auth_time), 'auth_time is there');
  assert.ok(after.claims.auth_time > before.claims.auth_time, 'auth_time is later');
};

const wasNotAsked = ({ before, after }) => {
  assert.equal(after.signIns + after.consents, 0, 'no page is shown');
  assert.equal(after.claims.auth_time, before.claims.auth_time, 'auth_time is that of the first sign-in');
};

export const sessions = {
  'oidcc-prompt-login': {
    run: async (op) => wasAskedAgain(await twice(op, { max_age: '10000' }, { prompt: 'login' })),
    notices: ['prompt is ignored', 'auth_time never changes'],
  },

  'oidcc-max-age-1': {
    run: async (op) => wasAskedAgain(await twice(op, { max_age: '10000' }, { max_age: '1' })),
    notices: ['max_age is ignored', 'auth_time never changes', 'auth_time is not told'],
  },

  'oidcc-max-age-10000': {
    run: async (op) => wasNotAsked(await twice(op, { max_age: '10000' }, { max_age: '10000' })),
    notices: ['everybody signs in again', 'auth_time is always now', 'auth_time is not told'],
  },

  'oidcc-prompt-none-logged-in': {
    run: async (op) => wasNotAsked(await twice(op, { max_age: '10000' }, { prompt: 'none', max_age: '10000' })),
    notices: ['nobody is signed in silently', 'auth_time is always now'],
  },

  'oidcc-prompt-none-not-logged-in': {
    run: async (op) => {
      const client = await op.client();
      const answer = await authorize(op, client, { browser: op.browser(), prompt: 'none' });
      assert.equal(answer.signIns, 0);
      checkRefusal(op, client, answer, needsPerson);
    },
    notices: ['prompt is ignored', 'errors come without state', 'errors have another name'],
  },

  'oidcc-id-token-hint': {
    run: async (op) => {
      const hint = ({ tokens }) => ({ prompt: 'none', id_token_hint: tokens.id_token });
      const { client, person, browser, after } = await twice(op, {}, hint);
      assert.equal(after.signIns + after.consents, 0);
      // Somebody else's hint must not end in this person's code.
      const other = await signIn(op, client, { browser: op.browser(), person: await op.person() });
      const answer = await authorize(op, client, { browser, person, ...hint(other) });
      checkRefusal(op, client, answer, needsPerson);
    },
    notices: ['the hint is ignored', 'nobody is signed in silently'],
  },
};
