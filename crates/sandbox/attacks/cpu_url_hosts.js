// Long host names with punycode and numbers in every base.
// expect: timeout | returns
// limits: wall=300ms

const getCustomJwtClaims = async () => { let n = 0; for (let i = 0; i < 20_000; i += 1) for (const host of [`${'ü'.repeat(500)}.example`, 'xn--'.repeat(200), '0x7f.1', '[::ffff:1.2.3.4]', `${'a.'.repeat(5_000)}b`]) n += URL.canParse(`http://${host}/`); return { n }; };
