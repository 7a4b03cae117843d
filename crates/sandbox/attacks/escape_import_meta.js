// `import.meta` would know where the script is.
// expect: syntax

const getCustomJwtClaims = async () => ({ url: import.meta.url });
