// A source of spaces.
// expect: missing-function
