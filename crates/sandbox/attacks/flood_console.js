// The console keeps what fits its budget and drops the rest, empty lines included.
// expect: returns {"ok":true}
// limits: log=1KB

const getCustomJwtClaims = async () => { for (let i = 0; i < 20_000; i += 1) { console.log('line'.repeat(10)); console.error(''); console.debug(); } return { ok: true }; };
