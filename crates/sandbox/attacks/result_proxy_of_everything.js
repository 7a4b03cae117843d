// A proxy that has every member, each of them a proxy again.
// expect: type | runtime | timeout | out-of-memory
// limits: wall=500ms

const endless = () => new Proxy({}, { ownKeys: () => ['a', 'b'], getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true, value: 1 }), get: (_, key) => (key === 'then' || key === 'toJSON' ? undefined : endless()) });
const getCustomJwtClaims = async () => endless();
