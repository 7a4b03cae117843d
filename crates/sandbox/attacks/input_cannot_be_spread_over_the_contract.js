// Spreading the input, its prototype or its descriptors gives nothing that the script did not have.
// expect: returns {"keys":["api","context"],"proto":true}
// input: {"context":{}}

const getCustomJwtClaims = async (input) => ({ keys: Object.keys({ ...input }).sort(), proto: Object.getPrototypeOf(Object.getPrototypeOf(input)) === null });
