// Sloppy functions get the global object as `this`; it must be the realm's own and nothing more.
// expect: returns {"same":true,"keys":true,"caller":"none"}

function sloppy() { return this; }
const getCustomJwtClaims = async function () {
  const outer = (function () { return this; })();
  let caller = 'none';
  try { caller = typeof sloppy.caller; if (sloppy.caller === null || sloppy.caller === undefined) caller = 'none'; } catch {}
  return { same: outer === globalThis && sloppy.call(null) === globalThis, keys: Object.keys(globalThis).every((key) => !/^(op|process|require|hooks|inFlight)$/.test(key)), caller };
};
