// Static blocks and computed keys run while a class is made; `this` there is the unfinished class.
// expect: returns {"leaked":"Half","twice":"TypeError"}

let leaked;
let twice = 'no';
try {
  class Half {
    static { leaked = this; }
    static #secret = 1;
    static read(object) { return object.#secret; }
    static { try { Half.read({}); } catch (error) { twice = error.name; } }
  }
} catch {}
const getCustomJwtClaims = async () => ({ leaked: leaked.name, twice });
