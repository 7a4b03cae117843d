// Resolve functions called later, in other jobs and after the promise has settled.
// expect: returns {"order":["a","b"],"late":"late"} | returns {"order":["a","b"]}

const getCustomJwtClaims = async () => {
  const order = [];
  const { promise, resolve, reject } = Promise.withResolvers();
  queueMicrotask(() => { order.push('a'); resolve('b'); reject(new Error('late')); resolve('c'); });
  order.push(await promise);
  Promise.resolve().then(() => { throw new Error('nobody listens'); });
  const result = { order: [...order] };
  queueMicrotask(() => { resolve('d'); result.late = 'late'; });
  return result;
};
