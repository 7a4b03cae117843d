// A proxy without a target.
// expect: runtime TypeError

const getCustomJwtClaims = async () => { const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); return { a: proxy }; };
