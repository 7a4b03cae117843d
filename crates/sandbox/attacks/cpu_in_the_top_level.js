// The top level runs under the same clock.
// expect: timeout
// limits: wall=300ms

for (;;);
const getCustomJwtClaims = async () => ({});
