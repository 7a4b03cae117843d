// A number that readers of JSON cannot represent. It is the script's fault, not the worker's.
// expect: type: out of range

const getCustomJwtClaims = async () => ({ n: JSON.rawJSON('1e999999') });
