// URLs and headers above the limit.
// expect: returns {"failed":4}

const getCustomJwtClaims = async () => {
  const attempts = [
    () => fetch(`http://x.invalid/${'a'.repeat(100_000)}`), () => fetch('http://x.invalid/', { headers: { a: 'b'.repeat(100_000) } }),
    () => fetch('http://x.invalid/', { method: 'M'.repeat(100_000) }), () => fetch('http://x.invalid/', { headers: Array.from({ length: 10_000 }, (_, i) => [`x-${i}`, 'v']) }),
  ];
  const results = await Promise.allSettled(attempts.map((attempt) => attempt()));
  return { failed: results.filter(({ status }) => status === 'rejected').length };
};
