// Joining four billion holes.
// expect: out-of-memory | runtime | timeout
// limits: wall=500ms

const getCustomJwtClaims = async () => { const a = []; a[2 ** 32 - 2] = 1; return { n: a.join('xxxxxxxxxxxxxxxx').length }; };
