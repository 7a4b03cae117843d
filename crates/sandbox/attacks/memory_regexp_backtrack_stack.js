// Backtracking keeps a stack of its own; it must count as the script's memory.
// expect: out-of-memory | runtime | timeout | returns
// limits: wall=1s

const getCustomJwtClaims = async () => ({ m: /^(?:a|b|ab|ba|(a?)(b?))*$/.exec('ab'.repeat(2_000_000) + 'c') === null });
