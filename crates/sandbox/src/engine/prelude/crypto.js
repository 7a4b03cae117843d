// `crypto` and `Math.random`. `subtle` knows digests and HMAC.
defineProperty(Math, 'random', { value: op.random, writable: true, configurable: true });
const hashBits = { 'SHA-1': 1, 'SHA-256': 256, 'SHA-384': 384, 'SHA-512': 512 };
const blockBytes = { 'SHA-1': 64, 'SHA-256': 64, 'SHA-384': 128, 'SHA-512': 128 };
const unsupported = (what) => new DOMException(`${what} is not supported`, 'NotSupportedError');
const hashName = (algorithm) => {
  const name = `${algorithm?.name ?? algorithm}`.toUpperCase();
  if (!Object.hasOwn(hashBits, name)) throw unsupported(`The hash ${name}`);
  return name;
};
const hmacName = (algorithm) => {
  const name = `${algorithm?.name ?? algorithm}`.toUpperCase();
  if (name !== 'HMAC') throw unsupported(`The algorithm ${name}`);
};
const base64url = (bytes) => btoa(String.fromCharCode(...bytes)).replace(/=+$/, '').replace(/\+/g, '-').replace(/\//g, '_');
const fromBase64url = (text) => Bytes.from(atob(`${text}`.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0));

let keyParts; let secretOf;
class CryptoKey {
  #secret; #algorithm; #extractable; #usages;
  static { secretOf = (key) => key.#secret; }
  constructor() {
    if (keyParts === undefined) throw new TypeError('Illegal constructor');
    const { secret, hash, extractable, usages } = keyParts;
    this.#secret = secret;
    this.#algorithm = freeze({ name: 'HMAC', hash: freeze({ name: hash }), length: secret.length * 8 });
    this.#extractable = Boolean(extractable);
    this.#usages = freeze([...usages]);
  }
  get type() { return 'secret'; }
  get algorithm() { return this.#algorithm; }
  get extractable() { return this.#extractable; }
  get usages() { return this.#usages; }
}
const newKey = (secret, hash, extractable, usages) => {
  keyParts = { secret, hash, extractable, usages };
  try { return new CryptoKey(); } finally { keyParts = undefined; }
};
const need = (key, usage) => {
  if (!key.usages.includes(usage)) throw new DOMException(`The key may not be used to ${usage}`, 'InvalidAccessError');
};
const macOf = (key, data) => op.hmac(hashBits[key.algorithm.hash.name], secretOf(key), bytesOf(data));
const subtle = {
  async digest(algorithm, data) { return op.digest(hashBits[hashName(algorithm)], bytesOf(data)).buffer; },
  async generateKey(algorithm, extractable, usages) {
    hmacName(algorithm);
    const hash = hashName(algorithm.hash);
    return newKey(op.randomBytes(algorithm.length === undefined ? blockBytes[hash] : algorithm.length / 8), hash, extractable, usages);
  },
  async importKey(format, data, algorithm, extractable, usages) {
    hmacName(algorithm);
    if (format === 'jwk' && data?.kty === 'oct') return newKey(fromBase64url(data.k), hashName(algorithm.hash), extractable, usages);
    if (format !== 'raw') throw unsupported(`The key format ${format}`);
    return newKey(bytesOf(data).slice(), hashName(algorithm.hash), extractable, usages);
  },
  async exportKey(format, key) {
    if (!key.extractable) throw new DOMException('The key is not extractable', 'InvalidAccessError');
    if (format === 'raw') return secretOf(key).slice().buffer;
    if (format !== 'jwk') throw unsupported(`The key format ${format}`);
    const alg = `HS${key.algorithm.hash.name.slice(4)}`;
    return { kty: 'oct', k: base64url(secretOf(key)), alg, key_ops: [...key.usages], ext: true };
  },
  async sign(algorithm, key, data) { hmacName(algorithm); need(key, 'sign'); return macOf(key, data).buffer; },
  async verify(algorithm, key, signature, data) {
    hmacName(algorithm);
    need(key, 'verify');
    const [wanted, given] = [macOf(key, data), bytesOf(signature)];
    let difference = wanted.length ^ given.length;
    for (let i = 0; i < wanted.length; i += 1) difference |= wanted[i] ^ given[i];
    return difference === 0;
  },
};
const integerArrays = [Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, BigInt64Array, BigUint64Array];
const crypto = {
  subtle,
  getRandomValues(view) {
    if (!integerArrays.some((type) => view instanceof type)) throw new DOMException('Only integer arrays can be filled', 'TypeMismatchError');
    if (view.byteLength > 65_536) throw new DOMException('At most 65536 bytes can be filled at once', 'QuotaExceededError');
    bytesOf(view).set(op.randomBytes(view.byteLength));
    return view;
  },
  randomUUID() {
    const bytes = op.randomBytes(16);
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    let text = '';
    for (let i = 0; i < 16; i += 1) text += (i === 4 || i === 6 || i === 8 || i === 10 ? '-' : '') + bytes[i].toString(16).padStart(2, '0');
    return text;
  },
};
expose(CryptoKey);
define('crypto', crypto);
