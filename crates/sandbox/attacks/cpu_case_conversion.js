// Characters that grow when their case changes.
// expect: timeout | returns | out-of-memory
// limits: wall=300ms

const getCustomJwtClaims = async () => { let n = 0; for (let i = 0; i < 10_000; i += 1) n += 'ßŉǰΐΰև'.repeat(20_000).toUpperCase().toLowerCase().length; return { n }; };
