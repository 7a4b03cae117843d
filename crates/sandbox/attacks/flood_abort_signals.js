// Signals that depend on signals that depend on signals.
// expect: returns {"aborted":true} | runtime | out-of-memory | timeout
// limits: wall=1s

const getCustomJwtClaims = async () => { const controller = new AbortController(); let signal = controller.signal; for (let i = 0; i < 1_000; i += 1) signal = AbortSignal.any([signal, controller.signal]); controller.abort(); return { aborted: signal.aborted }; };
