// Requests that are aborted at once, twice, and after their end.
// expect: returns {"ok":true}

const getCustomJwtClaims = async () => {
  for (let i = 0; i < 60; i += 1) {
    const controller = new AbortController();
    const pending = fetch('http://x.invalid/', { signal: controller.signal }).catch(() => {});
    controller.abort(); controller.abort();
    if (i % 3 === 0) await pending;
    controller.abort();
  }
  return { ok: true };
};
