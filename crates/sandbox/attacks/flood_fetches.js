// More requests than a run may make: the rest fail inside the script.
// expect: returns {"refused":936}

const getCustomJwtClaims = async () => {
  const all = Array.from({ length: 1000 }, () => fetch('http://x.invalid/').then(() => 'ok', (error) => error.message));
  return { refused: (await Promise.all(all)).filter((text) => text.includes('too many')).length };
};
