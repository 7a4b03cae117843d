// Numbers beyond doubles, half pairs and names that repeat.
// expect: returns {"big":null,"half":"�","twice":2}
// input: {"context":{"big":1e400,"half":"\ud800","twice":1,"twice":2}}

const getCustomJwtClaims = async ({ context }) => context;
