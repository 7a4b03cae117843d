// `transfer` moves a buffer to a new size again and again: the old one must be given back.
// expect: returns {"n":4096} | out-of-memory

const getCustomJwtClaims = async () => {
  let buffer = new ArrayBuffer(1024);
  for (let i = 0; i < 20_000; i += 1) buffer = buffer.transfer(1024 + (i % 7) * 512);
  return { n: buffer.transfer(4096).byteLength };
};
