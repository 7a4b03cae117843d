// Each job queues two more: memory ends it before time does.
// expect: out-of-memory | timeout
// limits: wall=2s

const getCustomJwtClaims = async () => { const f = () => { queueMicrotask(f); queueMicrotask(f); }; f(); await new Promise(() => {}); };
