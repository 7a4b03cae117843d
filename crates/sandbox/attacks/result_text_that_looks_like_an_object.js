// A `toJSON` that returns text which begins like an object.
// expect: type: Invalid input

const getCustomJwtClaims = async () => ({ toJSON: () => '{"forged":true}' });
