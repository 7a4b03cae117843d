// Keys and signatures without end.
// expect: timeout
// limits: wall=300ms

const getCustomJwtClaims = async () => { for (;;) { const key = await crypto.subtle.importKey('raw', new Uint8Array(1 << 20), { name: 'HMAC', hash: 'SHA-384' }, true, ['sign', 'verify']); await crypto.subtle.sign('HMAC', key, new Uint8Array(1 << 20)); } };
