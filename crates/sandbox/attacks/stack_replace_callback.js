// A replacement that replaces.
// expect: runtime RangeError: stack

const getCustomJwtClaims = async () => { const f = () => 'a'.replace(/a/, f); return { s: f() }; };
