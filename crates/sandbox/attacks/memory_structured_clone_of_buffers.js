// Clones of clones of a large buffer.
// expect: out-of-memory

const getCustomJwtClaims = async () => { const all = [new Uint8Array(1 << 20)]; for (;;) all.push(structuredClone(all.at(-1))); };
