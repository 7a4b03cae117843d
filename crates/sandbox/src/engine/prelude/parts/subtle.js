// What `crypto.subtle` does (Web Cryptography §14 and §18 to §34): digests, HMAC, and signatures by RSA, ECDSA and
// Ed25519. A key's bytes stay in the realm; the host checks them when they come in, and keeps none.
const { isObject, within, bytesOf, Bytes, hasOwn, keyState, newKey } = base;
const fail = (name, message) => { throw new DOMException(message, name); };
const dataError = (message) => fail('DataError', message);
const unsupported = (what) => fail('NotSupportedError', `${what} is not supported in scripts`);

const hashes = { 'SHA-1': 20, 'SHA-256': 32, 'SHA-384': 48, 'SHA-512': 64 };
const blocks = { 'SHA-1': 64, 'SHA-256': 64, 'SHA-384': 128, 'SHA-512': 128 };
const curves = { 'P-256': 32, 'P-384': 48, 'P-521': 66 };
const usageOrder = ['encrypt', 'decrypt', 'sign', 'verify', 'deriveKey', 'deriveBits', 'wrapKey', 'unwrapKey'];

// --- algorithms and what they are called with ------------------------------------------------------------------------
/** An algorithm by the name that is written, in any case, among those of an operation. */
const named = (algorithm, names) => {
  const given = isObject(algorithm) ? algorithm : { name: algorithm };
  if (given.name === undefined) throw new TypeError('an algorithm has a name');
  const wanted = `${given.name}`;
  const name = names.find((each) => each.toLowerCase() === wanted.toLowerCase());
  return name === undefined ? unsupported(`The algorithm ${wanted}`) : { name, given };
};
const hashOf = (given) => {
  if (given.hash === undefined) throw new TypeError('the algorithm needs a hash');
  return named(given.hash, Object.keys(hashes)).name;
};
const rsaNames = ['RSASSA-PKCS1-v1_5', 'RSA-PSS'];
const keyNames = ['HMAC', ...rsaNames, 'ECDSA', 'Ed25519'];
/** The algorithm of a new key, with the members that it must have. */
const forKey = (algorithm) => {
  const { name, given } = named(algorithm, keyNames);
  const made = { name };
  if (name === 'HMAC' || rsaNames.includes(name)) made.hash = hashOf(given);
  if (name === 'HMAC' && given.length !== undefined) made.length = within(given.length, 0xffff_ffff);
  if (name === 'ECDSA') {
    if (given.namedCurve === undefined) throw new TypeError('the algorithm needs a curve');
    made.curve = `${given.namedCurve}`;
    if (!hasOwn(curves, made.curve)) unsupported(`The curve ${made.curve}`);
  }
  return made;
};
/** Checks that a key may do this, and returns what it does it with. */
const forUse = (algorithm, key, usage) => {
  const { name, given } = named(algorithm, keyNames);
  const use = { hash: undefined, salt: 0 };
  if (name === 'ECDSA') use.hash = hashOf(given);
  if (name === 'RSA-PSS') {
    if (given.saltLength === undefined) throw new TypeError('the algorithm needs a salt length');
    use.salt = within(given.saltLength, 0xffff_ffff);
  }
  const state = keyState(key);
  if (state.name !== name) fail('InvalidAccessError', `The key is not for ${name}`);
  if (!state.uses.includes(usage)) fail('InvalidAccessError', `The key may not be used to ${usage}`);
  return { name, state, hash: use.hash ?? state.hash, salt: use.salt };
};

// --- forms of keys ---------------------------------------------------------------------------------------------------
const base64url = (bytes) => {
  let text = '';
  for (let at = 0; at < bytes.length; at += 4096) text += String.fromCharCode(...bytes.subarray(at, at + 4096));
  return btoa(text).replace(/=+$/, '').replaceAll('+', '-').replaceAll('/', '_');
};
const fromBase64url = (text, name) => {
  if (typeof text !== 'string' || !/^[A-Za-z0-9_-]*$/.test(text) || text.length % 4 === 1) dataError(`The member ${name} of the key is missing or not base64url`);
  return Bytes.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0));
};
const jwkMembers = ['kty', 'use', 'key_ops', 'alg', 'ext', 'crv', 'x', 'y', 'd', 'n', 'e', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];
/** WebIDL's conversion of the dictionary `JsonWebKey`. */
const jwkFrom = (data) => {
  if (!isObject(data) || data instanceof ArrayBuffer || ArrayBuffer.isView(data)) throw new TypeError('a key in this form is an object');
  const jwk = {};
  for (const name of jwkMembers) {
    const value = data[name];
    if (value === undefined) continue;
    jwk[name] = name === 'key_ops' ? [...value].map(String) : name === 'ext' ? Boolean(value) : name === 'oth' ? [...value] : `${value}`;
  }
  return jwk;
};
const checkJwk = (jwk, type, extractable, usages) => {
  if (jwk.kty !== type) dataError(`The type of the key is not ${type}`);
  if (usages.length > 0 && jwk.use !== undefined && jwk.use !== 'sig') dataError('The key is not for signatures');
  const { key_ops: uses } = jwk;
  if (uses !== undefined && (new Set(uses).size < uses.length || !usages.every((usage) => uses.includes(usage)))) dataError('The key is not for these operations');
  if (jwk.ext === false && extractable) dataError('The key is not extractable');
};
const checkUsages = (usages, allowed, needsOne) => {
  if (usages.some((usage) => !allowed.includes(usage))) fail('SyntaxError', 'The key cannot be used in all of these ways');
  if (needsOne && usages.length === 0) fail('SyntaxError', 'The key needs a usage');
};
const bits = (bytes) => bytes.length * 8 - Math.clz32(bytes[0] ?? 0) + 24;
const joined = (...parts) => Bytes.from(parts.flatMap((part) => [...part]));
const ofLength = (bytes, length, name) => (bytes.length === length ? bytes : dataError(`The member ${name} of the key has a wrong length`));

/** What tells the asymmetric algorithms apart. `kind` is the host's word for the kind of key. */
const asymmetric = {
  rsa: {
    kind: ({ name }) => name,
    type: 'RSA',
    alg: ({ name, hash }) => (name === 'RSA-PSS' ? 'PS' : 'RS') + hash.slice(4),
    fromJwk(jwk, made) {
      if (jwk.alg !== undefined && jwk.alg !== this.alg(made)) dataError('The key is for another algorithm');
      return op.keyFromParts(made.name, ...['n', 'e'].map((name) => fromBase64url(jwk[name], name)));
    },
    details: ({ hash }, bytes) =>
      ({ modulusLength: bits(op.rsaNumber('n', bytes)), publicExponent: op.rsaNumber('e', bytes), hash: { name: hash } }),
    toJwk(state) { return { alg: this.alg(state), n: base64url(op.rsaNumber('n', state.bytes)), e: base64url(op.rsaNumber('e', state.bytes)) }; },
  },
  ec: {
    kind: ({ curve }) => curve,
    type: 'EC',
    fromJwk(jwk, { curve }) {
      if (jwk.crv !== curve) dataError('The key is of another curve');
      const ofAlg = { ES256: 'P-256', ES384: 'P-384', ES512: 'P-521' };
      if (hasOwn(ofAlg, jwk.alg) && ofAlg[jwk.alg] !== curve) dataError('The key is for another algorithm');
      const [x, y] = ['x', 'y'].map((name) => ofLength(fromBase64url(jwk[name], name), curves[curve], name));
      return op.keyFromParts(curve, joined([4], x, y));
    },
    details: ({ curve }) => ({ namedCurve: curve }),
    raw: ({ bytes, curve }) => bytes.slice(-2 * curves[curve] - 1),
    toJwk(state) {
      const [size, point] = [curves[state.curve], this.raw(state)];
      return { crv: state.curve, x: base64url(point.subarray(1, 1 + size)), y: base64url(point.subarray(1 + size)) };
    },
  },
  ed: {
    kind: () => 'Ed25519',
    type: 'OKP',
    fromJwk(jwk) {
      if (jwk.crv !== 'Ed25519') dataError('The key is of another curve');
      if (jwk.alg !== undefined && jwk.alg !== 'Ed25519' && jwk.alg !== 'EdDSA') dataError('The key is for another algorithm');
      const x = ofLength(fromBase64url(jwk.x, 'x'), 32, 'x');
      if (jwk.d === undefined) return op.publicKey('Ed25519', 'raw', x);
      const pair = op.ed25519Seed(ofLength(fromBase64url(jwk.d, 'd'), 32, 'd'));
      return pair !== undefined && x.every((byte, at) => byte === pair[32 + at]) ? pair : undefined;
    },
    details: () => ({}),
    raw: ({ bytes }) => bytes.slice(-32),
    toJwk(state) {
      const jwk = { crv: 'Ed25519', alg: 'Ed25519', x: base64url(this.raw(state)) };
      if (state.type === 'private') jwk.d = base64url(state.bytes.subarray(0, 32));
      return jwk;
    },
  },
};
const familyOf = (name) => (rsaNames.includes(name) ? asymmetric.rsa : name === 'ECDSA' ? asymmetric.ec : asymmetric.ed);
/** PKCS #8 of an Ed25519 key is this and the seed (RFC 8410 §7). */
const pkcs8Prefix = [0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20];

const importAsymmetric = (format, data, made, extractable, usages) => {
  const family = familyOf(made.name);
  const kind = family.kind(made);
  const isPrivate = format === 'pkcs8' || (format === 'jwk' && data.d !== undefined);
  if (format === 'raw' && family.raw === undefined) unsupported('A raw RSA key');
  checkUsages(usages, [isPrivate ? 'sign' : 'verify'], isPrivate);
  if (format === 'jwk') checkJwk(data, family.type, extractable, usages);
  if (isPrivate && made.name !== 'Ed25519') unsupported(`A private ${made.name} key`);
  const bytes = format === 'jwk' ? family.fromJwk(data, made) : isPrivate ? op.ed25519Private(data) : op.publicKey(kind, format, data);
  if (bytes === undefined) dataError(`These are no bytes of a supported ${kind} key`);
  const algorithm = { name: made.name, ...family.details(made, bytes) };
  return { ...made, kind, type: isPrivate ? 'private' : 'public', bytes, algorithm };
};
const hmacAlg = (hash) => `HS${hash === 'SHA-1' ? '1' : hash.slice(4)}`;
const secretKey = (bytes, { hash }, length) => ({ name: 'HMAC', hash, type: 'secret', bytes, algorithm: { name: 'HMAC', hash: { name: hash }, length } });
const importSecret = (format, data, made, extractable, usages) => {
  checkUsages(usages, ['sign', 'verify'], true);
  if (format !== 'raw' && format !== 'jwk') unsupported(`An HMAC key as ${format}`);
  let bytes = data;
  if (format === 'jwk') {
    checkJwk(data, 'oct', extractable, usages);
    bytes = fromBase64url(data.k, 'k');
    if (data.alg !== undefined && data.alg !== hmacAlg(made.hash)) dataError('The key is for another algorithm');
  }
  const length = made.length ?? bytes.length * 8;
  if (length === 0 || length > bytes.length * 8 || length <= bytes.length * 8 - 8) dataError('The key has a wrong length');
  return secretKey(bytes, made, length);
};
const finished = (state, extractable, usages) => {
  const uses = usageOrder.filter((usage) => usages.includes(usage));
  return newKey({ ...state, uses, usages: [...uses], extractable: Boolean(extractable) });
};
const usagesFrom = (usages) => {
  if (!isObject(usages)) throw new TypeError('usages are a list');
  return [...usages].map((usage) => {
    if (!usageOrder.includes(`${usage}`)) throw new TypeError(`${usage} is no usage of a key`);
    return `${usage}`;
  });
};
const formatFrom = (format) => {
  if (!['raw', 'spki', 'pkcs8', 'jwk'].includes(`${format}`)) throw new TypeError(`${format} is no form of a key`);
  return `${format}`;
};

// --- the operations --------------------------------------------------------------------------------------------------
const operations = {
  digest(algorithm, data) {
    const { name } = named(algorithm, Object.keys(hashes));
    return op.digest(name, bytesOf(data)).buffer;
  },
  generateKey(algorithm, extractable, usages) {
    usages = usagesFrom(usages);
    const made = forKey(algorithm);
    if (made.name !== 'HMAC') unsupported(`A new ${made.name} key`);
    checkUsages(usages, ['sign', 'verify'], true);
    const length = made.length ?? blocks[made.hash] * 8;
    if (length === 0) fail('OperationError', 'The key needs a length');
    if (length > 65_536) unsupported('A key of this length');
    return finished(secretKey(op.randomBytes(Math.ceil(length / 8)), made, length), extractable, usages);
  },
  importKey(format, data, algorithm, extractable, usages) {
    format = formatFrom(format);
    usages = usagesFrom(usages);
    data = format === 'jwk' ? jwkFrom(data) : bytesOf(data).slice();
    const made = forKey(algorithm);
    const bring = made.name === 'HMAC' ? importSecret : importAsymmetric;
    return finished(bring(format, data, made, Boolean(extractable), usages), extractable, usages);
  },
  exportKey(format, key) {
    format = formatFrom(format);
    const state = keyState(key);
    if (!state.extractable) fail('InvalidAccessError', 'The key is not extractable');
    const jwk = { key_ops: [...state.uses], ext: true };
    if (state.type === 'secret') {
      if (format === 'raw') return state.bytes.slice().buffer;
      return format === 'jwk' ? { kty: 'oct', k: base64url(state.bytes), alg: hmacAlg(state.hash), ...jwk } : unsupported(`An HMAC key as ${format}`);
    }
    const family = familyOf(state.name);
    if (format === 'jwk') return { kty: family.type, ...family.toJwk(state), ...jwk };
    if (format === 'raw' && family.raw === undefined) return unsupported('A raw RSA key');
    if ((format === 'pkcs8') !== (state.type === 'private')) fail('InvalidAccessError', `A ${state.type} key has no ${format} form`);
    if (format === 'pkcs8') return joined(pkcs8Prefix, state.bytes.subarray(0, 32)).buffer;
    return (format === 'raw' ? family.raw(state) : state.bytes.slice()).buffer;
  },
  sign(algorithm, key, data) {
    const { name, state, hash } = forUse(algorithm, key, 'sign');
    data = bytesOf(data);
    if (name === 'HMAC') return op.hmac(hash, state.bytes, data).buffer;
    if (state.type !== 'private') fail('InvalidAccessError', 'A public key cannot sign');
    return op.sign(state.bytes.subarray(0, 32), data).buffer;
  },
  verify(algorithm, key, signature, data) {
    const { name, state, hash, salt } = forUse(algorithm, key, 'verify');
    [signature, data] = [bytesOf(signature), bytesOf(data)];
    if (name === 'HMAC') return op.hmacVerify(hash, state.bytes, data, signature);
    if (state.type !== 'public') fail('InvalidAccessError', 'A private key cannot verify');
    return op.verify(state.kind, hash, state.bytes, signature, data, salt) ?? unsupported(`${name} with ${hash}`);
  },
};
for (const name of ['encrypt', 'decrypt', 'deriveKey', 'deriveBits', 'wrapKey', 'unwrapKey']) operations[name] = () => unsupported(`crypto.subtle.${name}`);
return operations;
