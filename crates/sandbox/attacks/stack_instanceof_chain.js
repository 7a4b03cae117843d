// `instanceof` of bound functions and of prototypes a hundred thousand deep.
// expect: returns | runtime | out-of-memory

const getCustomJwtClaims = async () => { class A {} let f = A; for (let i = 0; i < 50_000; i += 1) f = f.bind(null); let o = null; for (let i = 0; i < 100_000; i += 1) o = Object.create(o); return { a: {} instanceof f, b: o instanceof A }; };
