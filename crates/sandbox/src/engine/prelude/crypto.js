// `crypto` and `Math.random`. What `crypto.subtle` does is in a part that is read when a script first asks for it.
defineProperty(Math, 'random', { value: op.random, writable: true, configurable: true });

let keyState;
class CryptoKey {
  #k;
  static { keyState = (key) => key.#k; }
  constructor() { illegal(arguments[0]); this.#k = arguments[1]; }
  get type() { return this.#k.type; }
  get extractable() { return this.#k.extractable; }
  get algorithm() { return this.#k.algorithm; }
  get usages() { return this.#k.usages; }
}
const newKey = (state) => new CryptoKey(internal, state);
const copyKey = (key) => {
  const state = keyState(key);
  return newKey({ ...state, algorithm: structuredClone(state.algorithm), usages: [...state.usages] });
};

class SubtleCrypto {
  #brand;
  constructor() { illegal(arguments[0]); }
  static {
    const arity = { encrypt: 3, decrypt: 3, sign: 3, verify: 4, digest: 2, generateKey: 3, deriveKey: 5, deriveBits: 3, importKey: 5, exportKey: 2, wrapKey: 4, unwrapKey: 7 };
    for (const [name, count] of entriesOf(arity)) {
      const method = { async [name](...args) {
        this.#brand;
        need(args, name === 'deriveBits' ? 2 : count);
        return subtlePart()[name](...args);
      } }[name];
      defineProperty(method, 'length', { value: name === 'deriveBits' ? 2 : count });
      defineProperty(SubtleCrypto.prototype, name, { value: method, writable: true, configurable: true });
    }
  }
}
const integerArrays = new Set(['Int8Array', 'Uint8Array', 'Uint8ClampedArray', 'Int16Array', 'Uint16Array', 'Int32Array', 'Uint32Array', 'BigInt64Array', 'BigUint64Array']);
const subtle = new SubtleCrypto(internal);
class Crypto {
  #brand;
  constructor() { illegal(arguments[0]); }
  get subtle() { this.#brand; return subtle; }
  getRandomValues(array) {
    this.#brand;
    need(arguments, 1);
    if (!ArrayBuffer.isView(array)) throw new TypeError('expected a view of an ArrayBuffer');
    if (!integerArrays.has(array[Symbol.toStringTag])) throw new DOMException('Only integer arrays can be filled', 'TypeMismatchError');
    if (array.byteLength > 65_536) throw new DOMException('At most 65536 bytes can be filled at once', 'QuotaExceededError');
    bytesOf(array).set(op.randomBytes(array.byteLength));
    return array;
  }
  randomUUID() {
    this.#brand;
    const bytes = op.randomBytes(16);
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    let text = '';
    for (let i = 0; i < 16; i += 1) text += (i === 4 || i === 6 || i === 8 || i === 10 ? '-' : '') + bytes[i].toString(16).padStart(2, '0');
    return text;
  }
}
expose(CryptoKey, SubtleCrypto, Crypto);
define('crypto', new Crypto(internal), true);
