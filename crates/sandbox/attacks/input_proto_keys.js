// Names like `__proto__` in the input are data, at every depth.
// expect: returns {"polluted":"undefined","own":["__proto__","constructor","user"],"deep":true,"real":true}
// input: {"token":{"__proto__":{"polluted":1}},"context":{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"user":{"__proto__":null}}}

const getCustomJwtClaims = async ({ context }) => ({ polluted: typeof ({}).polluted, own: Object.keys(context), deep: context.user.__proto__ === null, real: Object.getPrototypeOf(context) === Object.prototype });
