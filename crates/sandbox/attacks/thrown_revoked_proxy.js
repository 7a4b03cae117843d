// A proxy without a target is thrown.
// expect: runtime Error

const getCustomJwtClaims = async () => { const { proxy, revoke } = Proxy.revocable(new Error('x'), {}); revoke(); throw proxy; };
