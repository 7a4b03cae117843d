// The host calls the prelude for the next timer; what that throws is the script's own fault.
// expect: timeout | type | runtime

const getCustomJwtClaims = async () => {
  Map.prototype.values = () => { throw new Error('mine'); };
  await new Promise((resolve) => { setTimeout(resolve, 1); });
  return {};
};
