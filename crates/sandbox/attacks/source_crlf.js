// Lines that end as on Windows count as one line each.
// expect: runtime ReferenceError
// newline: "\r\n"

const getCustomJwtClaims = async () => {
  missing;
};
