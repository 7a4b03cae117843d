// Timers in a loop: their number is limited.
// expect: runtime RangeError: limit

const getCustomJwtClaims = async () => { for (;;) setTimeout(() => {}, 0); };
