// Conversions do not make a result.
// expect: type

const getCustomJwtClaims = async () => Object.assign(() => {}, { [Symbol.toPrimitive]: () => '{"a":1}', toJSON: () => ({ a: 1 }) });
