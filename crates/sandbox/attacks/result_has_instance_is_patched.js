// The check for maps and sets asks `Symbol.hasInstance`, which the script can define.
// expect: returns {"m":{}} | type | runtime

const getCustomJwtClaims = async () => { for (const type of [Map, Set, Promise]) Object.defineProperty(type, Symbol.hasInstance, { value: () => { throw new Error('mine'); } }); return { m: new Map() }; };
