// The console keeps a few kilobytes, but makes the text of the whole value first.
// expect: returns {"ok":true} | out-of-memory

const getCustomJwtClaims = async () => { for (let i = 0; i < 20; i += 1) console.log('%s %o %j', 'x'.repeat(1_000_000), Array(10_000).fill('y'), { a: 'z'.repeat(100_000) }); return { ok: true }; };
