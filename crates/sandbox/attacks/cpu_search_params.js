// Each change of a query writes the whole URL again.
// expect: timeout | out-of-memory
// limits: wall=300ms

const getCustomJwtClaims = async () => { const { searchParams } = new URL('https://a.example/'); for (let i = 0; ; i += 1) searchParams.append(`n${i}`, 'é'.repeat(100)); };
