const getCustomJwtClaims = async ({ token, context, api }) => {
  const { user, application } = context;
  if (user.customData.plan === 'none') api.denyAccess('no plan');
  return {
    plan: user.customData.plan,
    roles: user.roles.map((role) => role.name),
    app: application.name,
    refreshed: token.gty.endsWith('refresh_token'),
  };
};
