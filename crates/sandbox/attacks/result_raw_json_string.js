// Raw text is text of the result: lone halves and size count all the same.
// expect: type | returns {"s":"�"} | runtime

const getCustomJwtClaims = async () => ({ s: JSON.rawJSON('"\\ud800"') });
