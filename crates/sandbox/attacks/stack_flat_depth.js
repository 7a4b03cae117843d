// `flat` of nested lists, infinitely deep.
// expect: runtime RangeError: stack | returns

const getCustomJwtClaims = async () => { let a = [1]; for (let i = 0; i < 50_000; i += 1) a = [a]; return { n: a.flat(Infinity).length }; };
