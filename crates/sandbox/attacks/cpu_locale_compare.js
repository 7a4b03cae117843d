// Comparing and normalizing long strings of combining marks. One call takes only so much text.
// expect: runtime RangeError
// limits: wall=300ms memory=64MB

const getCustomJwtClaims = async () => {
  const s = `a${'\u0301\u0323'.repeat(300_000)}`;
  let n = 0;
  for (let i = 0; i < 1000; i += 1) n += s.localeCompare(`${s}b`) + s.normalize('NFC').length + s.normalize('NFKD').length;
  return { n };
};
