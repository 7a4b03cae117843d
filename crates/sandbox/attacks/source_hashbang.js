// A first line that names a program.
// expect: returns {"ok":true} | syntax
// first: "#!/usr/bin/env node\n"

const getCustomJwtClaims = async () => ({ ok: true });
