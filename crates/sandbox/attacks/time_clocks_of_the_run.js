// `performance.now` starts with the run and never goes back; `Date` is real time.
// expect: returns {"monotonic":true,"young":true,"utc":0}
// twice

const getCustomJwtClaims = async () => {
  let last = 0;
  let monotonic = true;
  for (let i = 0; i < 1000; i += 1) { const now = performance.now(); monotonic &&= now >= last; last = now; }
  return { monotonic, young: last < 60_000, utc: new Date().getTimezoneOffset() };
};
