// Terminal escapes, line breaks and lone surrogates are text like any other.
// expect: returns {"ok":true}

const getCustomJwtClaims = async () => { console.log('\x1b[2J\x1b]0;title\x07\r\n\0\ud800\u202e'); console.warn({ '\ud800': '\udfff' }); return { ok: true }; };
