// One object, referenced a thousand times at each of four levels.
// expect: out-of-memory | runtime | timeout
// limits: wall=2s

const getCustomJwtClaims = async () => { let a = { x: 'yyyyyyyyyy' }; for (let i = 0; i < 6; i += 1) a = Array(100).fill(a); return { n: JSON.stringify(a).length }; };
