// A subclass of Array is an array.
// expect: type: Invalid input

const getCustomJwtClaims = async () => new (class extends Array {})(3);
