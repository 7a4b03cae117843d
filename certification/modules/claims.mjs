// Basic plan: what userinfo tells, for which scopes, and how it is asked.
import assert from 'node:assert/strict';
import { checkUserinfo } from '../checks.mjs';
import { askUserinfo, signIn } from '../relying-party.mjs';

/** OpenID Connect Core §5.4: the claims of each scope. */
const claimsOf = {
  profile: 'name family_name given_name middle_name nickname preferred_username profile picture website gender birthdate zoneinfo locale updated_at'.split(' '),
  email: ['email', 'email_verified'],
  address: ['address'],
  phone: ['phone_number', 'phone_number_verified'],
};
const personal = Object.values(claimsOf).flat();

const signedInFor = async (op, parameters) => {
  const [client, person] = [await op.client(), await op.person()];
  return signIn(op, client, { browser: op.browser(), person, ...parameters });
};

/** Userinfo has the claims of these scopes and those of no other. */
const scope = (...scopes) => ({
  run: async (op) => {
    for (const name of ['openid', ...scopes]) assert.ok(op.metadata.scopes_supported.includes(name), name);
    const { tokens, claims } = await signedInFor(op, { scope: ['openid', ...scopes].join(' ') });
    const userinfo = checkUserinfo(await askUserinfo(op, tokens.access_token), claims);
    const wanted = scopes.flatMap((name) => claimsOf[name]);
    assert.deepEqual(personal.filter((name) => name in userinfo).sort(), [...wanted].sort());
    assert.deepEqual(personal.filter((name) => name in claims && !wanted.includes(name)), [], 'the ID token tells no more');
  },
  notices: [
    'userinfo is about somebody else',
    ...scopes.map((name) => `userinfo lacks a claim of ${name}`),
    ...(scopes.length < Object.keys(claimsOf).length ? ['userinfo tells too much'] : []),
  ],
});

/** Userinfo answers a request of this form, and refuses one whose token is not right. */
const asked = (ask) => ({
  run: async (op) => {
    const { tokens, claims } = await signedInFor(op, {});
    checkUserinfo(await ask(op, tokens.access_token), claims);
    const refused = await ask(op, `${tokens.access_token}x`);
    assert.equal(refused.status, 401);
    assert.match(refused.headers.get('www-authenticate'), /^Bearer .*error="invalid_token"/);
    assert.equal(refused.body?.sub, undefined);
  },
  notices: ['userinfo is about somebody else', 'userinfo believes any token'],
});

export const claims = {
  'oidcc-scope-profile': scope('profile'),
  'oidcc-scope-email': scope('email'),
  'oidcc-scope-address': scope('address'),
  'oidcc-scope-phone': scope('phone'),
  'oidcc-scope-all': scope('profile', 'email', 'address', 'phone'),

  'oidcc-userinfo-get': asked((op, token) => askUserinfo(op, token, 'GET')),
  'oidcc-userinfo-post-header': asked((op, token) => askUserinfo(op, token, 'POST')),
  'oidcc-userinfo-post-body': asked((op, token) => op.send(op.metadata.userinfo_endpoint, { form: { access_token: token } })),

  'oidcc-claims-essential': {
    run: async (op) => {
      const wanted = JSON.stringify({ userinfo: { name: { essential: true } } });
      const { tokens, claims } = await signedInFor(op, { claims: wanted });
      const userinfo = checkUserinfo(await askUserinfo(op, tokens.access_token), claims);
      // Who says that it understands the parameter must act on it; who does not must not let it disturb.
      assert.equal('name' in userinfo, op.metadata.claims_parameter_supported === true);
      assert.equal('name' in claims, false, 'the claim was asked of userinfo only');
    },
    notices: ['requests with more than the usual parameters are refused', 'the claims parameter is said to be understood', 'userinfo is about somebody else'],
  },
};
