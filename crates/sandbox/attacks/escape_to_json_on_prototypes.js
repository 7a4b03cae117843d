// `toJSON` on prototypes changes what is serialized: the script's own result, within the rules for any result.
// expect: type: Invalid input

const getCustomJwtClaims = async () => {
  Object.prototype.toJSON = () => 'not an object';
  return { a: 1 };
};
