// `TextEncoder`, `TextDecoder`. (`atob` and `btoa` are the engine's own.)
class TextEncoder {
  #brand;
  get encoding() { this.#brand; return 'utf-8'; }
  encode(input = '') { this.#brand; return op.utf8Encode(usv(input)); }
  encodeInto(source, destination) {
    this.#brand;
    need(arguments, 2);
    source = `${source}`;
    if (!(destination instanceof Bytes)) throw new TypeError('the destination must be a Uint8Array');
    // Each unit takes a byte at least. A pair that is cut in half would not fit anyway.
    let end = Math.min(source.length, destination.length);
    if (end < source.length && /[\ud800-\udbff]/.test(source[end - 1]) && /[\udc00-\udfff]/.test(source[end])) end -= 1;
    const bytes = op.utf8Encode(source.slice(0, end).toWellFormed());
    let written = Math.min(bytes.length, destination.length);
    while (written < bytes.length && (bytes[written] & 0xc0) === 0x80) written -= 1;
    const fitting = bytes.subarray(0, written);
    destination.set(fitting);
    return { read: op.decode('utf-8', fitting, false, true).length, written };
  }
}
class TextDecoder {
  #encoding; #fatal; #keepMark; #stream = 0;
  constructor(label = 'utf-8', options = undefined) {
    this.#encoding = op.encoding(`${label}`);
    if (this.#encoding === undefined) throw new RangeError(`The encoding "${label}" is not supported`);
    const { fatal, ignoreBOM } = dictionary(options);
    this.#fatal = Boolean(fatal);
    this.#keepMark = Boolean(ignoreBOM);
  }
  get encoding() { return this.#encoding; }
  get fatal() { return this.#fatal; }
  get ignoreBOM() { return this.#keepMark; }
  decode(input = undefined, options = undefined) {
    const bytes = input === undefined ? new Bytes() : bytesOf(input);
    const stream = Boolean(dictionary(options).stream);
    if (!stream && this.#stream === 0) return op.decode(this.#encoding, bytes, this.#fatal, this.#keepMark);
    const number = this.#stream;
    this.#stream = 0;
    const [next, text] = op.decodeNext(number, this.#encoding, bytes, this.#fatal, this.#keepMark, !stream);
    if (stream) this.#stream = Number(next);
    return text;
  }
}
expose(TextEncoder, TextDecoder);
