// Names written with escapes are the same names: nothing hides behind them.
// expect: returns {"ok":true,"eval":"EvalError"}

const \u{67}etCustomJwtClaims = async () => { let e; try { \u0065val('1'); } catch (error) { e = error.name; } const o = { \u0061: 1 }; return { ok: o.a === 1, eval: e }; };
