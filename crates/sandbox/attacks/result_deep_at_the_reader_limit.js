// A little below and far above the depth that readers of JSON accept.
// expect: type: nested too deeply

const getCustomJwtClaims = async () => { let a = {}; for (let i = 0; i < 2_000; i += 1) a = { a }; return a; };
