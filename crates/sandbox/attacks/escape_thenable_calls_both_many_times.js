// Only the first call of either function counts.
// expect: returns {"first":true}

const getCustomJwtClaims = () => ({ then(resolve, reject) { resolve({ first: true }); reject(new Error('late')); resolve({ second: true }); throw new Error('later'); } });
