// URLs of nearly a megabyte, with everything that has to be escaped, and dots that lead up.
// expect: timeout | out-of-memory
// limits: wall=300ms memory=64MB

const getCustomJwtClaims = async () => { const text = `https://a.example/${'../é %zz/'.repeat(80_000)}?${'"<>'.repeat(20_000)}`; for (;;) new URL(text).href; };
