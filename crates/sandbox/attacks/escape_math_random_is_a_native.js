// `Math.random` is a native function without a wrapper: it ignores whatever it is called with.
// expect: returns {"numbers":true}

const getCustomJwtClaims = async () => {
  const calls = [
    Math.random.call(null), Math.random.call(Symbol.iterator, 1, 2), Reflect.apply(Math.random, undefined, Array(60_000).fill({})),
    Math.random.bind({}, 10n)(), [1].map(Math.random)[0], '1'.replace('1', Math.random) * 1,
  ];
  let constructed = true;
  try { new Math.random(); } catch { constructed = false; }
  return { numbers: calls.every((n) => n >= 0 && n < 1) && !constructed };
};
