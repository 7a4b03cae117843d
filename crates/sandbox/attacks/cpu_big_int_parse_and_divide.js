// Reading and dividing numbers of a million digits.
// expect: timeout | runtime | out-of-memory | returns
// limits: wall=300ms

const getCustomJwtClaims = async () => { const n = BigInt('9'.repeat(900_000)); return { q: String((n * n) % (n >> 77n)).length }; };
