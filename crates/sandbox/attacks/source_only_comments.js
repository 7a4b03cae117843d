// A source without code.
// expect: missing-function

/* nothing */
