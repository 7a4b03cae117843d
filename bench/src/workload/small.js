const getCustomJwtClaims = async ({ token }) => {
  return { writes: token.scope.includes('write:orders') };
};
