// Names that are used once and dropped must be given back.
// expect: returns {"ok":true} | out-of-memory
// limits: memory=8MB

const getCustomJwtClaims = async () => { for (let i = 0; i < 300_000; i += 1) ({})[`a rather long property name ${i}`]; return { ok: true }; };
