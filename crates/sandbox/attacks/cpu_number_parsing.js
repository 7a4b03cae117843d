// Numbers from long texts, and long texts from numbers.
// expect: timeout | returns
// limits: wall=300ms

const getCustomJwtClaims = async () => { const s = '0.' + '123456789'.repeat(10_000); let n = 0; for (let i = 0; i < 100_000; i += 1) { n += Number(s) + parseFloat(s) + parseInt(s.slice(2), 36); (1.1).toFixed(100); (1e-300).toPrecision(100); } return { n }; };
