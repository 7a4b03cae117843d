// The secret of a key that may not be exported.
// expect: returns {"leaks":[]}

const getCustomJwtClaims = async () => {
  const leaks = [];
  const key = await crypto.subtle.importKey('raw', new Uint8Array([115, 101, 99, 114, 101, 116]), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  const text = (value) => { try { return JSON.stringify(value) ?? String(value); } catch { return ''; } };
  for (const look of [() => key, () => ({ ...key }), () => structuredClone(key), () => Object.getOwnPropertyDescriptors(key), () => key.algorithm, () => Reflect.ownKeys(key)]) {
    try { if (/115|secret\b.*raw|c2Vjcm/.test(text(look()))) leaks.push(String(look)); } catch {}
  }
  for (const format of ['raw', 'jwk', 'spki']) {
    try { leaks.push(text(await crypto.subtle.exportKey(format, key))); } catch {}
  }
  try { new key.constructor(); leaks.push('constructed'); } catch {}
  return { leaks };
};
