// The host serializes the result with what it took before the script ran.
// expect: returns {"honest":true}

const getCustomJwtClaims = async () => {
  JSON.stringify = () => '{"sub":"forged"}';
  JSON.parse = () => ({ forged: true });
  globalThis.JSON = { stringify: () => 'forged' };
  Object.prototype.toJSON = undefined;
  return { honest: true };
};
