// A proxy of an array is an array.
// expect: type: Invalid input

const getCustomJwtClaims = async () => new Proxy([1], {});
