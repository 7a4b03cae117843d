// Timers and jobs that are left over run in no later run.
// expect: returns {"late":0}
// twice

globalThis.late ??= 0;
const getCustomJwtClaims = async () => {
  for (const delay of [0, 1, 5]) setTimeout(() => { globalThis.late += 1; Object.prototype.late = 1; }, delay);
  setInterval(() => { globalThis.late += 1; }, 1);
  return { late: globalThis.late };
};
