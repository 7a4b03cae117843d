// A comparator that sorts.
// expect: runtime RangeError: stack

const getCustomJwtClaims = async () => { const f = () => { [2, 1].sort(f); return 0; }; f(); return {}; };
