// Sorting an object that claims a billion elements.
// expect: timeout | out-of-memory | runtime
// limits: wall=300ms

const getCustomJwtClaims = async () => { Array.prototype.sort.call({ length: 1e9, 0: 2, 1: 1 }); return {}; };
