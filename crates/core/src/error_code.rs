//! Codes of Management API errors: a promise to clients.
