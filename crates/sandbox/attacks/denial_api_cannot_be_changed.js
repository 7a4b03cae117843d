// Neither the object nor the function can be changed, only shadowed in the input.
// expect: denied: still here

const getCustomJwtClaims = async (input) => {
  const { api } = input;
  const deny = api.denyAccess;
  for (const change of [() => { api.denyAccess = () => {}; }, () => delete api.denyAccess, () => Object.defineProperty(api, 'denyAccess', { value: 1 }), () => Object.setPrototypeOf(api, null), () => { deny.call = 1; }, () => Object.setPrototypeOf(deny, null)]) {
    try { change(); } catch {}
  }
  input.api = null;
  deny('still here');
  return { through: true };
};
