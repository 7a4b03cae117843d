// Verifies the vectors of `getTestVectors` with the public key alone. (The original tests import the private keys too.)
'use strict';

const { subtle } = crypto;
const usable = (vector, hash) => ({ ...(vector.algorithm ?? { name: vector.algorithmName, namedCurve: vector.namedCurve }), hash });
/** With the hash where the algorithm wants it: in the key for RSA, in the call for ECDSA. */
const verification = async (vector, signature = vector.signature, plaintext = vector.plaintext) => {
  const hash = vector.hash ?? vector.hashName;
  const key = await subtle.importKey(vector.publicKeyFormat, vector.publicKeyBuffer, usable(vector, hash), true, ['verify']);
  assert_array_equals(new Uint8Array(await subtle.exportKey('spki', key)), vector.publicKeyBuffer, 'the exported key');
  const jwk = await subtle.exportKey('jwk', key);
  const again = await subtle.importKey('jwk', jwk, usable(vector, hash), false, ['verify']);
  return subtle.verify(usable(vector, hash), again, signature, plaintext);
};
const flipped = (bytes, at) => Uint8Array.from(bytes, (byte, index) => (index === at ? byte ^ 1 : byte));

for (const vector of getTestVectors()) {
  promise_test(async () => assert_true(await verification(vector)), `${vector.name} is verified`);
  promise_test(async () => {
    for (const at of [0, vector.signature.length - 1]) assert_false(await verification(vector, flipped(vector.signature, at)));
    assert_false(await verification(vector, vector.signature.slice(1)));
    assert_false(await verification(vector, new Uint8Array(0)));
    assert_false(await verification(vector, new Uint8Array(vector.signature.length)));
    assert_false(await verification(vector, Uint8Array.of(...vector.signature, 0)));
  }, `${vector.name} does not verify other signatures`);
  promise_test(async () => {
    assert_false(await verification(vector, vector.signature, flipped(vector.plaintext, 0)));
    assert_false(await verification(vector, vector.signature, vector.plaintext.slice(1)));
  }, `${vector.name} does not verify other data`);
  promise_test(async (t) => {
    const key = await subtle.importKey(vector.publicKeyFormat, vector.publicKeyBuffer, usable(vector, vector.hash ?? vector.hashName), true, []);
    await promise_rejects_dom(t, 'InvalidAccessError', subtle.verify(usable(vector, 'SHA-256'), key, vector.signature, vector.plaintext));
  }, `${vector.name} needs the usage`);
}
if (typeof getInvalidTestVectors === 'function') {
  for (const vector of getInvalidTestVectors()) {
    promise_test(async () => assert_false(await verification(vector)), `${vector.name} is not verified`);
  }
}
