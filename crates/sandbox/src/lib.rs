//! signet-sandbox
