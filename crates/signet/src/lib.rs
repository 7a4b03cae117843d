//! signet
