// Timers and `performance`. The host calls `tick` whenever no promise job is left.
const maxTimers = 10_000;
const timers = new Map();
let lastTimer = 0;
const addTimer = (callback, delay, args, repeats) => {
  if (typeof callback !== 'function') throw new TypeError('The callback of a timer must be a function: text is not evaluated in scripts');
  if (timers.size >= maxTimers) throw new RangeError('Too many timers: the limit was reached');
  const wait = Math.max(repeats ? 1 : 0, delay);
  lastTimer += 1;
  timers.set(lastTimer, { id: lastTimer, callback, args, at: op.now() + wait, every: repeats ? wait : 0 });
  return lastTimer;
};
define('setTimeout', function setTimeout(callback, delay = 0, ...args) { need(arguments, 1); return addTimer(callback, delay | 0, args, false); }, true);
define('setInterval', function setInterval(callback, delay = 0, ...args) { need(arguments, 1); return addTimer(callback, delay | 0, args, true); }, true);
define('clearTimeout', function clearTimeout(id = 0) { timers.delete(id | 0); }, true);
define('clearInterval', function clearInterval(id = 0) { timers.delete(id | 0); }, true);

/** Runs the timer that is due first: 0. None due yet: the milliseconds until one is. No timers: -1. */
const tick = () => {
  let next;
  for (const timer of timers.values()) if (next === undefined || timer.at < next.at) next = timer;
  if (next === undefined) return -1;
  const now = op.now();
  if (next.at > now) return next.at - now;
  timers.delete(next.id);
  if (next.every > 0) {
    // Behind the others that are due at the same time.
    next.at = now + next.every;
    timers.set(next.id, next);
  }
  try { next.callback.apply(globalThis, next.args); } catch (error) { write(4, ['Uncaught', error]); }
  return 0;
};
