// A message that cannot be read does not undo the denial.
// expect: denied: Access denied

const getCustomJwtClaims = async ({ api }) => {
  api.denyAccess({ toString() { throw new Error('unreadable'); }, [Symbol.toPrimitive]() { throw new Error('unreadable'); } });
};
