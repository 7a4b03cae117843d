// A denial from the `then` of a result is a denial.
// expect: denied: in then

const getCustomJwtClaims = ({ api }) => ({ then() { api.denyAccess('in then'); } });
