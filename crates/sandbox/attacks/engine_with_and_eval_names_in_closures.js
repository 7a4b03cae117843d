// Names that optimizers treat specially, captured, shadowed and deleted.
// expect: returns {"ok":true}

function sloppy(arguments_, eval_) {
  arguments[0] = 5;
  var arguments_ = arguments_;
  try { delete arguments[1]; arguments.length = 1e6; Object.freeze(arguments); } catch {}
  return () => [arguments_, arguments.length, typeof eval_];
}
const getCustomJwtClaims = async () => ({ ok: sloppy(1, 2)()[0] === 5 });
