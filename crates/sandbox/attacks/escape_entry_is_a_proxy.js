// A proxy of a function is a function; its traps are the script's own code.
// expect: returns {"arguments":1,"this":"undefined"}

const getCustomJwtClaims = new Proxy(function () {}, {
  apply(target, self, args) { return { arguments: args.length, this: typeof self }; },
});
