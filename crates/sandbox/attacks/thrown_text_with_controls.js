// Control characters, line separators, direction marks and half pairs in an error.
// expect: runtime

const getCustomJwtClaims = async () => { throw new Error('a\0b\x1b[31m\r\nSet-Cookie: x=1\u2028\u202e\ud800'); };
