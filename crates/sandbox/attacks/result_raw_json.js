// `JSON.rawJSON` puts text into the result that no number can be.
// expect: returns | type

const getCustomJwtClaims = async () => ({ n: JSON.rawJSON('1234567890123456789012345678901234567890') });
