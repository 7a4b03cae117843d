// Rejections that nobody handles harm nobody.
// expect: returns {"ok":true}
// twice

const getCustomJwtClaims = async () => { for (let i = 0; i < 10_000; i += 1) Promise.reject(new Error(`nobody ${i}`)); await null; return { ok: true }; };
