// A comparator that contradicts itself and changes the array; sorting ends anyway.
// expect: returns {"sorted":true}

const getCustomJwtClaims = async () => {
  const a = Array.from({ length: 2000 }, (_, i) => i);
  let n = 0;
  a.sort(() => { n += 1; if (n % 100 === 0) { a.length = 10; a.push(n); } return n % 3 - 1; });
  a.toSorted(() => NaN); a.toSorted(() => -1); a.toSorted(() => { a.length = 0; return 1; });
  new Uint8Array(2000).sort(() => 1);
  return { sorted: true };
};
