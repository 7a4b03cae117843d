// A number with a million digits, and one with a million zeros.
// expect: returns {"a":null,"b":0} | runtime | timeout

const getCustomJwtClaims = async () => ({ a: JSON.parse('9'.repeat(1_000_000)), b: JSON.parse(`0.${'0'.repeat(1_000_000)}1`) });
