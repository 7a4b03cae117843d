// Times beyond the range of dates, and setters with hostile arguments.
// expect: returns {"ok":true}

const getCustomJwtClaims = async () => {
  for (const time of [8.64e15, -8.64e15, 8.64e15 + 1, NaN, Infinity, 2 ** 53, -0.5]) {
    const date = new Date(time);
    for (const name of Object.getOwnPropertyNames(Date.prototype)) { if (name === 'constructor') continue; for (const args of [[], [1e300], [NaN, -1e308], [{ valueOf() { date.setTime(0); return 1e15; } }, 1e15, 1e15]]) { try { date[name](...args); } catch {} } }
  }
  return { ok: true };
};
