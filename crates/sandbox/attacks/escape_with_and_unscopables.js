// `with` changes what names mean, `Symbol.unscopables` runs code on each lookup.
// expect: returns {"looked":true,"name":"mine"}

var looked = false;
var scope = new Proxy({ undefined: 'mine', fetch: 'mine' }, {
  has(target, key) { looked = true; return typeof key === 'string' && key in target; },
  get(target, key) { return key === Symbol.unscopables ? undefined : target[key]; },
});
var read;
with (scope) { read = () => fetch; }
const getCustomJwtClaims = async () => ({ looked, name: read() });
