// An object whose text throws.
// expect: runtime Error

const getCustomJwtClaims = async () => { throw { toString() { throw new Error('trap'); }, toJSON() { throw new Error('trap'); } }; };
