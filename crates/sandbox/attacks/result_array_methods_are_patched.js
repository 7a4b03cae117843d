// The host believes the text that the prelude makes of a result. A script that owns the methods of arrays must not be able
// to put its own text there.
// expect: runtime | type

const getCustomJwtClaims = async () => {
  for (const name of ['includes', 'some', 'find', 'indexOf', 'at']) Array.prototype[name] = () => true;
  return { get a() { throw { code: '{not json' }; } };
};
