// `arguments.callee.caller` walks up the stack to whoever called: the host is no function.
// expect: returns {"callers":0}

function climb() {
  let callers = 0;
  try {
    for (let f = arguments.callee.caller; f !== null && f !== undefined; f = f.caller) callers += 1;
  } catch {}
  return callers;
}
const getCustomJwtClaims = async () => ({ callers: climb() });
