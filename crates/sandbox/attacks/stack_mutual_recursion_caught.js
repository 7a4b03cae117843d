// Recursion that catches its own overflow at each level and tries again.
// expect: returns {"ok":true} | timeout | runtime RangeError
// limits: wall=500ms

const getCustomJwtClaims = async () => { let budget = 200_000; const f = () => { try { return g(); } catch { return (budget -= 1) > 0 ? g() : 0; } }; const g = () => f(); f(); return { ok: true }; };
