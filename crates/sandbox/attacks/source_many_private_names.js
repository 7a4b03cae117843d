// A class with eight thousand private members.
// expect: returns {"a":7999} | syntax | out-of-memory
// expand

class A { <<<"#p{n} = {n}; "|8000>>> read() { return this.#p7999; } }
const getCustomJwtClaims = async () => ({ a: new A().read() });
