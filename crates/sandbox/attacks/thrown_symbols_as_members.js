// Symbols cannot become text.
// expect: runtime Error: cannot be described

const getCustomJwtClaims = async () => { throw Object.assign(new Error('x'), { message: Symbol('m') }); };
