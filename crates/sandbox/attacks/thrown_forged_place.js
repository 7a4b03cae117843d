// A stack that claims places of files and lines that do not exist.
// expect: runtime Error: m

const getCustomJwtClaims = async () => { throw Object.assign(new Error('m'), { stack: '    at f (script.js:4294967295:4294967295)\n    at /etc/passwd:1:1\n' }); };
