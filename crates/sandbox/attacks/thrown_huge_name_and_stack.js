// Names and stacks are cut as well.
// expect: runtime: m

const getCustomJwtClaims = async () => { throw Object.assign(new Error('m'), { name: 'n'.repeat(1_000_000), stack: 'at script.js:1:1\n'.repeat(100_000) }); };
