// Strict code refuses what sloppy code accepts.
// expect: syntax

'use strict';
const getCustomJwtClaims = async () => ({ a: 010 });
