// And it cannot be used to get around the size.
// expect: type: The script return value is too large.

const getCustomJwtClaims = async () => ({ s: JSON.rawJSON(`"${'x'.repeat(1_000_000)}"`) });
