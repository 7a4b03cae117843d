// A reviver that puts new members in front of itself.
// expect: timeout | out-of-memory | runtime
// limits: wall=300ms

const getCustomJwtClaims = async () => { JSON.parse('[[1,2],[3,4]]', function (key, value) { if (Array.isArray(this)) this[1] = [[1, 2], [3, 4]]; return value; }); return {}; };
