// The deadline does not ask the script's clock.
// expect: timeout
// limits: wall=300ms

const getCustomJwtClaims = async () => { Date.now = () => 0; performance.now = () => 0; globalThis.Date = class { static now() { return 0; } }; for (;;); };
