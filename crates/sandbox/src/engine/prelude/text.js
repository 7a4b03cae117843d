// `TextEncoder`, `TextDecoder`. (`atob` and `btoa` are the engine's own.)
class TextEncoder {
  get encoding() { return 'utf-8'; }
  encode(input = '') { return op.utf8Encode(usv(input)); }
  encodeInto(input, into) {
    let read = 0;
    let written = 0;
    for (const character of usv(input)) {
      const bytes = op.utf8Encode(character);
      if (written + bytes.length > into.length) break;
      into.set(bytes, written);
      written += bytes.length;
      read += character.length;
    }
    return { read, written };
  }
}
class TextDecoder {
  #fatal; #keepMark; #rest = new Bytes();
  constructor(label = 'utf-8', { fatal = false, ignoreBOM = false } = {}) {
    if (!/^\s*(?:unicode-1-1-)?utf-?8\s*$/i.test(label)) throw new RangeError(`The encoding "${label}" is not supported`);
    this.#fatal = Boolean(fatal);
    this.#keepMark = Boolean(ignoreBOM);
  }
  get encoding() { return 'utf-8'; }
  get fatal() { return this.#fatal; }
  get ignoreBOM() { return this.#keepMark; }
  decode(data = new Bytes(), { stream = false } = {}) {
    let bytes = bytesOf(data);
    if (this.#rest.length > 0) {
      const joined = new Bytes(this.#rest.length + bytes.length);
      joined.set(this.#rest);
      joined.set(bytes, this.#rest.length);
      bytes = joined;
    }
    const cut = stream ? wholeCharacters(bytes) : bytes.length;
    this.#rest = bytes.slice(cut);
    return op.utf8Decode(bytes.subarray(0, cut), this.#fatal, this.#keepMark);
  }
}
/** Where the last, unfinished character starts, or the end. */
const wholeCharacters = (bytes) => {
  for (let back = 1; back <= 3 && back <= bytes.length; back += 1) {
    const byte = bytes[bytes.length - back];
    if (byte >= 0xc0) return (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > back ? bytes.length - back : bytes.length;
    if (byte < 0x80) break;
  }
  return bytes.length;
};
expose(TextEncoder, TextDecoder);
