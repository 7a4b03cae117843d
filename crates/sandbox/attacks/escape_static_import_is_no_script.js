// A script is no module: `import` and `export` at the top level do not compile.
// expect: syntax

import fs from 'fs';
const getCustomJwtClaims = async () => ({ fs: typeof fs });
