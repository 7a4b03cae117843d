//! signet-http
