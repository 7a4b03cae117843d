// Errors whose cause is an error whose cause is an error; the host describes the first.
// expect: runtime Error: outermost

const getCustomJwtClaims = async () => { let error = new Error('innermost'); for (let i = 0; i < 20_000; i += 1) error = new Error('outermost', { cause: error }); throw error; };
