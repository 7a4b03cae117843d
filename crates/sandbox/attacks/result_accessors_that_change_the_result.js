// A getter that adds, deletes and replaces members while the host reads.
// expect: returns | type

const getCustomJwtClaims = async () => { const r = { get a() { delete r.b; r.c = { d: 1 }; r.a2 = r; return 1; }, b: 2, get z() { return 26; } }; return r; };
