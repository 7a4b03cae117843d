// A patched iterator gives the timer loop objects that are no timers.
// expect: timeout | type | runtime
// limits: wall=300ms

const getCustomJwtClaims = async () => {
  const hostile = { get at() { return -1e308; }, get every() { return NaN; }, get callback() { return () => {}; }, args: [] };
  Map.prototype.values = function* () { yield hostile; };
  await new Promise(() => {});
  return {};
};
