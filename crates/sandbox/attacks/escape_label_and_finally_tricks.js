// Jumps out of `finally` override returns and throws: only the script's own.
// expect: returns {"steps":[1,3,5,7]}

const getCustomJwtClaims = async () => {
  const steps = [];
  outer: for (const step of [1, 2, 3, 4, 5, 6, 7]) {
    try { if (step % 2 === 0) throw new Error('lost'); steps.push(step); } finally { continue outer; }
  }
  return { steps };
};
