// A base class that returns another object plants private members on it, here on a frozen object of the host.
// expect: returns {"planted":true,"visible":false} | returns {"planted":false,"visible":false}

class Base { constructor(object) { return object; } }
class Planter extends Base { #mark = 1; static has(object) { return #mark in object; } }
const getCustomJwtClaims = async ({ api }) => {
  try { new Planter(api); } catch {}
  return { planted: Planter.has(api), visible: Reflect.ownKeys(api).length !== 1 };
};
