// The same from behind, and in pieces.
// expect: timeout
// limits: wall=300ms memory=64MB

const getCustomJwtClaims = async () => { const s = 'a'.repeat(4_000_000); const p = `${'a'.repeat(2_000_000)}b`; return { n: s.lastIndexOf(p), i: s.includes(p), s: s.split(p).length }; };
