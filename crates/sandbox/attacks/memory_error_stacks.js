// Errors keep their stack as text.
// expect: out-of-memory

const getCustomJwtClaims = async () => { const all = []; const deep = (n) => (n === 0 ? all.push(new Error('x'.repeat(1000))) : deep(n - 1)); for (;;) deep(60); };
