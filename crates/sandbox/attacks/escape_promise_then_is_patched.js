// The host settles promises itself: a script that owns `then` owns its own result only.
// expect: returns {"n":1} | timeout | type

const getCustomJwtClaims = async () => {
  Promise.prototype.then = function () { throw new Error('mine'); };
  Promise.prototype.catch = undefined;
  Promise.resolve = () => ({ then() {} });
  await null;
  return { n: 1 };
};
