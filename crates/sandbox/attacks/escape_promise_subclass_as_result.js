// A subclass of Promise with its own `then`: the host looks at the state, not at the method.
// expect: returns {"real":true}

class Mine extends Promise { then() { throw new Error('never asked'); } }
const getCustomJwtClaims = () => Mine.resolve({ real: true });
