/** Where applications find the server: what they are configured with, and where the rest of it is described. */
import { config } from '@/config/config';

export const endpoints = () => {
  const { endpoint } = config();
  const issuer = `${endpoint}/oidc`;
  return {
    endpoint,
    issuer,
    discovery: `${issuer}/.well-known/openid-configuration`,
    authorization: `${issuer}/auth`,
    token: `${issuer}/token`,
    userinfo: `${issuer}/me`,
    jwks: `${issuer}/jwks`,
  };
};
