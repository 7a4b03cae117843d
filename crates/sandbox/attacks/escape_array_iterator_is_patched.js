// The prelude destructures arrays; with a patched iterator it hands its own values to the script. None may be a native.
// expect: returns {"natives":[]}

const getCustomJwtClaims = async () => {
  const natives = [];
  const original = Array.prototype[Symbol.iterator];
  const see = (value) => {
    if (typeof value === 'function' && ['fetch', 'abort', 'digest', 'hmac', 'parseUrl', 'changeUrl', 'deny', 'log'].includes(value.name) && value !== fetch && value !== console.log) natives.push(value.name);
  };
  Array.prototype[Symbol.iterator] = function* () { for (let i = 0; i < this.length; i += 1) { see(this[i]); yield this[i]; } };
  Array.prototype.map = new Proxy(Array.prototype.map, { apply(target, self, args) { see(self); args.forEach(see); return Reflect.apply(target, self, args); } });
  try { new URL('https://a.example/?a=1').searchParams.append('b', '2'); } catch {}
  try { new Headers([['a', 'b']]).set('c', 'd'); } catch {}
  try { console.log('%s', 'x', { a: 1 }); } catch {}
  try { await crypto.subtle.digest('SHA-256', new Uint8Array(3)); } catch {}
  try { await fetch('http://x.invalid/'); } catch {}
  Array.prototype[Symbol.iterator] = original;
  return { natives };
};
