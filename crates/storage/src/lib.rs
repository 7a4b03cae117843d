//! signet-storage
