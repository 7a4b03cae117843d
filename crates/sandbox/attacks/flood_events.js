// Listeners that add listeners and dispatch again.
// expect: timeout | runtime | out-of-memory | returns
// limits: wall=300ms

const getCustomJwtClaims = async () => { const target = new EventTarget(); target.addEventListener('a', () => { target.addEventListener('a', () => {}); target.dispatchEvent(new Event('a')); }); target.dispatchEvent(new Event('a')); return {}; };
