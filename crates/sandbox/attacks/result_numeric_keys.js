// Members with the names of indexes come first and in order; nothing else depends on it.
// expect: returns {"1":"b","10":"a","x":1,"01":2,"-1":3}

const getCustomJwtClaims = async () => ({ x: 1, 10: 'a', '01': 2, 1: 'b', '-1': 3 });
