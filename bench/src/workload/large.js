const getCustomJwtClaims = async ({ token, context, api }) => {
  const { contract, departments, owner, suspended } = context.application.customData;
  if (suspended) {
    api.denyAccess('The contract is suspended.');
  }
  const active = departments.filter((department) => department.active);
  const permissions = new Set(active.flatMap((department) => department.permissions));
  return {
    tier: contract.tier,
    region: contract.region,
    renews: new Date(contract.renewsAt).toISOString().slice(0, 10),
    owner: owner.email.toLowerCase(),
    departments: active.map((department) => department.id),
    permissions: [...permissions].filter((name) => /^(read|write):/.test(name)).sort(),
    seats: active.reduce((sum, department) => sum + department.seats, 0),
    writes: token.scope.split(' ').some((scope) => scope.startsWith('write:')),
  };
};
