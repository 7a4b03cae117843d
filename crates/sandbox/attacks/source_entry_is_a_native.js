// A name of the realm as the entry: a function, but none of the script's.
// expect: returns | type | runtime
// entry: structuredClone

const nothing = 1;
