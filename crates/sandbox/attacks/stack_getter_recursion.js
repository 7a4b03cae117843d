// A getter that reads itself, and a setter that writes itself.
// expect: returns {"errors":["RangeError","RangeError"]}

const getCustomJwtClaims = async () => {
  const errors = [];
  const o = { get a() { return this.a; }, set a(value) { this.a = value; } };
  try { o.a; } catch (error) { errors.push(error.name); }
  try { o.a = 1; } catch (error) { errors.push(error.name); }
  return { errors };
};
