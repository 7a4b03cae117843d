// Headers are kept in a list: looking up and listing them is quadratic.
// expect: timeout | out-of-memory
// limits: wall=300ms

const getCustomJwtClaims = async () => { const h = new Headers(); for (let i = 0; ; i += 1) { h.append(`x-${i}`, 'v'); h.set('a', [...h].length); } };
