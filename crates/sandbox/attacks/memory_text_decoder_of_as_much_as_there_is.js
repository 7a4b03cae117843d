// With as many broken bytes as the largest heap holds, the text would be three times as long, outside the script's heap.
// The worker must not die of it: one call takes 16 MB at most.
// expect: runtime TypeError
// limits: memory=512MB

const getCustomJwtClaims = async () => {
  const bytes = new Uint8Array(300_000_000).fill(0xff);
  return { n: new TextDecoder().decode(bytes).length };
};
