// Matches of a pattern with many groups, kept.
// expect: out-of-memory | syntax | runtime

const getCustomJwtClaims = async () => { const r = new RegExp('(a)'.repeat(200)); const text = 'a'.repeat(200); const all = []; for (;;) all.push(r.exec(text)); };
