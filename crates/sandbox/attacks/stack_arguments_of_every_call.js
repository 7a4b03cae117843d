// The same through `apply`, `construct`, `bind`, `String.fromCharCode` and a template.
// expect: returns {"ok":true}

const getCustomJwtClaims = async () => {
  const a = new Array(500_000).fill(65);
  for (const call of [() => String.fromCharCode.apply(null, a), () => Reflect.construct(Array, a), () => (() => {}).bind(null, ...a)(...a), () => new Date(...a), () => [].push(...a), () => [].concat(...a), () => Math.hypot(...a), () => console.log(...a)]) {
    try { call(); } catch (error) { if (!(error instanceof RangeError)) throw error; }
  }
  return { ok: true };
};
