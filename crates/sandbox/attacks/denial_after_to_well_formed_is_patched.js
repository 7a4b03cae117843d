// The prelude cleans the message with a method that the script has replaced.
// expect: denied

const getCustomJwtClaims = async ({ api }) => {
  String.prototype.toWellFormed = () => { throw new Error('mine'); };
  try { api.denyAccess('cleaned'); } catch {}
  return { through: true };
};
