// Normal forms of every plane, in all forms, of texts with half pairs.
// expect: returns {"ok":true}

const getCustomJwtClaims = async () => {
  let n = 0;
  for (let plane = 0; plane <= 16; plane += 1) {
    let s = '';
    for (let i = 0; i < 0x10000; i += 97) s += String.fromCodePoint(plane * 0x10000 + i);
    for (const form of ['NFC', 'NFD', 'NFKC', 'NFKD']) n += s.normalize(form).length;
    n += s.toUpperCase().length + s.toLowerCase().length + s.localeCompare(s.toUpperCase());
  }
  return { ok: n > 0 };
};
