// Case-insensitive classes of nearly all characters, compiled again and again.
// expect: timeout | out-of-memory
// limits: wall=300ms

const getCustomJwtClaims = async () => { for (let i = 0; ; i += 1) new RegExp(`[\\p{L}\\p{N}\\p{S}[${String.fromCodePoint(0x100 + (i % 1000))}]]`, 'vi'); };
