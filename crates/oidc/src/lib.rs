//! signet-oidc
