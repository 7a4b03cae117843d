// Structured stack frames would hand out the functions and receivers of the prelude and the host.
// expect: returns {"reached":[]}

const getCustomJwtClaims = async () => {
  const reached = [];
  Error.prepareStackTrace = (error, frames) => frames;
  const look = (frames) => {
    if (!Array.isArray(frames)) return;
    for (const frame of frames) {
      for (const method of ['getThis', 'getFunction', 'getTypeName', 'getEvalOrigin', 'getScriptHash', 'getPromiseIndex']) {
        let value;
        try { value = frame[method]?.(); } catch { continue; }
        if (typeof value === 'function' || (typeof value === 'object' && value !== null && value !== globalThis)) reached.push(method);
      }
    }
  };
  look(new Error('x').stack);
  [() => new URL('nonsense'), () => new Headers([['a b', 'c']]), () => crypto.getRandomValues(1), () => structuredClone(() => {}),
    () => new Response('', { status: 1 }), () => setTimeout(1), () => atob('*')].forEach((failing) => {
    try { failing(); } catch (error) { look(error.stack); }
  });
  await fetch('http://x.invalid/').catch((error) => look(error.stack));
  return { reached };
};
