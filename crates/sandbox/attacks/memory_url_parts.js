// Many objects with eleven strings each.
// expect: out-of-memory

const getCustomJwtClaims = async () => { const all = []; for (let i = 0; ; i += 1) all.push(new URL(`https://host${i}.example:${1 + (i % 60_000)}/p?q=${i}#h`)); };
