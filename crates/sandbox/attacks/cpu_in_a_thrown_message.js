// Describing an error is part of the run.
// expect: timeout
// limits: wall=300ms

const getCustomJwtClaims = async () => { throw { toString() { for (;;); }, toJSON() { for (;;); } }; };
