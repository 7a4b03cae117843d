// An error that says it is a denial is none.
// expect: runtime

const getCustomJwtClaims = async () => { throw Object.assign(new Error('Access denied'), { code: 'AccessDenied', denied: true, uncatchable: true }); };
