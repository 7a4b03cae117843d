// A class is a function that cannot be called.
// expect: runtime TypeError

class getCustomJwtClaims { constructor() { return { built: true }; } }
