// Dates from hostile texts, in a loop.
// expect: timeout
// limits: wall=300ms

const getCustomJwtClaims = async () => { const texts = ['('.repeat(10_000), '1'.repeat(10_000), ' Jan'.repeat(5_000), '+275760-09-13T00:00:00.000Z', '2020-01-01T00:00:00+99:99', '\0']; for (;;) for (const t of texts) Date.parse(t); };
