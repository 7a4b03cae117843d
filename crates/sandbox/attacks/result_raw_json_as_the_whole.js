// A raw value is an object to the script and no object in JSON.
// expect: type: Invalid input

const getCustomJwtClaims = async () => JSON.rawJSON('"{"');
