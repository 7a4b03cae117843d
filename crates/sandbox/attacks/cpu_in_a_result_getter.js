// Serializing the result is part of the run.
// expect: timeout
// limits: wall=300ms

const getCustomJwtClaims = async () => ({ get a() { for (;;); } });
