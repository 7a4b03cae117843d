// Somebody who changes ID tokens on their way and signs them with a key of their own, which they add to the published ones.
import { SignJWT, decodeJwt, decodeProtectedHeader, exportJWK, generateKeyPair } from 'jose';
import { request } from '../tests/clients/browser.mjs';

const kid = 'a key of the forger';
let pair;
const keys = () => (pair ??= generateKeyPair('RS256', { extractable: true }));

const published = async (named) => ({ ...(await exportJWK((await keys()).publicKey)), kid: named, alg: 'RS256', use: 'sig' });

/**
 * `change` gets the claims, `header` changes the header, `finish` may replace the token. With `onlyKeysAfter`, no token is
 * touched: after a request to that path the published RSA keys are others under the same ids.
 */
export const forger = ({ change = (payload) => payload, when = () => true, header = {}, finish = (token) => token, onlyKeysAfter }) => () => {
  let isLate = false;

  const forgeKeys = async (answer) => {
    const honest = answer.body.keys;
    const forged = onlyKeysAfter
      ? await Promise.all(honest.map((key) => (isLate && key.kty === 'RSA' ? published(key.kid) : key)))
      : [...honest, await published(kid)];
    const body = { keys: forged };
    return { ...answer, body, text: JSON.stringify(body) };
  };

  const forgeTokens = async (answer) => {
    const payload = change(decodeJwt(answer.body.id_token));
    const named = { ...decodeProtectedHeader(answer.body.id_token), alg: 'RS256', kid, ...header };
    const token = await new SignJWT(payload).setProtectedHeader(JSON.parse(JSON.stringify(named))).sign((await keys()).privateKey);
    const body = { ...answer.body, id_token: finish(token, payload) };
    return { ...answer, body, text: JSON.stringify(body) };
  };

  return async (address, options) => {
    const answer = await request(address, options);
    isLate ||= answer.url.pathname.endsWith(onlyKeysAfter ?? '\0');
    if (answer.url.pathname.endsWith('/jwks')) return forgeKeys(answer);
    const isForged = !onlyKeysAfter && answer.body?.id_token && when(new URLSearchParams(options?.form));
    return isForged ? forgeTokens(answer) : answer;
  };
};
