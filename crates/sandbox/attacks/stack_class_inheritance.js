// A class that extends a class that extends a class, constructed.
// expect: runtime RangeError: stack | returns

const getCustomJwtClaims = async () => { let A = class {}; for (let i = 0; i < 20_000; i += 1) { const B = A; A = class extends B {}; } return { v: typeof new A() }; };
