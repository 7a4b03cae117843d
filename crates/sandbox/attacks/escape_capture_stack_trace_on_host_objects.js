// `Error.captureStackTrace` defines a member on whatever it is given, also on what the host froze.
// expect: returns {"defined":[]}

const getCustomJwtClaims = async ({ api }) => {
  const defined = [];
  for (const [name, object] of Object.entries({ api, deny: api.denyAccess })) {
    try { Error.captureStackTrace(object); } catch {}
    if (Object.hasOwn(object, 'stack')) defined.push(name);
  }
  return { defined };
};
