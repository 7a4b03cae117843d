// Timers and `performance`. The host calls `tick` whenever no promise job is left.
const maxTimers = 10_000;
const timers = new Map();
let lastTimer = 0;
const addTimer = (callback, delay, args, repeats) => {
  if (typeof callback !== 'function') throw new TypeError('The callback of a timer must be a function');
  if (timers.size >= maxTimers) throw new RangeError('Too many timers: the limit was reached');
  const wait = Math.max(repeats ? 1 : 0, Number(delay) || 0);
  lastTimer += 1;
  timers.set(lastTimer, { id: lastTimer, callback, args, at: op.now() + wait, every: repeats ? wait : 0 });
  return lastTimer;
};
define('setTimeout', function setTimeout(callback, delay, ...args) { return addTimer(callback, delay, args, false); });
define('setInterval', function setInterval(callback, delay, ...args) { return addTimer(callback, delay, args, true); });
define('clearTimeout', function clearTimeout(id) { timers.delete(id); });
define('clearInterval', function clearInterval(id) { timers.delete(id); });
define('performance', { now: () => op.now(), timeOrigin: 0, toJSON: () => ({}) });

/** Runs the timer that is due first: 0. None due yet: the milliseconds until one is. No timers: -1. */
const tick = () => {
  let next;
  for (const timer of timers.values()) if (next === undefined || timer.at < next.at) next = timer;
  if (next === undefined) return -1;
  const now = op.now();
  if (next.at > now) return next.at - now;
  if (next.every > 0) next.at = now + next.every;
  else timers.delete(next.id);
  try { next.callback(...next.args); } catch (error) { write(4, ['Uncaught', error]); }
  return 0;
};
