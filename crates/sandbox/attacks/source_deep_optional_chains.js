// Member access and calls, a hundred thousand in a row.
// expect: syntax | returns | runtime | out-of-memory
// expand

const getCustomJwtClaims = async () => { const a = undefined; return { a: a<<<"?.a?.[0]?.()"|30000>>> === undefined }; };
