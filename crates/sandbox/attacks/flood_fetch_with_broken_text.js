// Half pairs that get past the prelude, because the method that would mend them is the script's.
// expect: returns {"ok":true}

const getCustomJwtClaims = async () => {
  String.prototype.toWellFormed = function () { return `${this}`; };
  String.prototype.toUpperCase = () => '\ud800';
  String.prototype.toLowerCase = () => '\udfff\r\n';
  for (const call of [() => fetch('http://x.invalid/\ud800'), () => fetch('http://x.invalid/', { method: '\ud800' }), () => fetch('http://x.invalid/', { headers: { a: 'b' } }), () => fetch('http://x.invalid/', { method: 'POST', body: '\ud800' })]) await Promise.resolve().then(call).catch(() => {});
  return { ok: true };
};
