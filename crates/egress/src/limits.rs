//! What one exchange may take, and all of them together.

use std::time::Duration;

#[derive(Debug, Clone)]
pub struct Limits {
    /// From asking to the last byte of the body, redirects and waiting for a turn included.
    pub exchange: Duration,
    /// Resolving a name and connecting.
    pub connect: Duration,
    /// Of a response's status line and headers.
    pub header_bytes: usize,
    /// Of a response's body, after decompression.
    pub body_bytes: usize,
    /// Fewer than the Fetch standard's 20: nobody waits for so many while a token is made.
    pub redirects: usize,
    /// Exchanges at once. More wait for their turn.
    pub concurrent: usize,
    /// Open connections, idle ones included: each costs a file descriptor.
    pub connections: usize,
    /// Names being resolved. Each occupies a thread, as long as the system's resolver likes.
    pub lookups: usize,
}

impl Limits {
    /// For what tenants' scripts ask.
    pub fn scripts() -> Self {
        Self {
            exchange: Duration::from_secs(30),
            connect: Duration::from_secs(5),
            header_bytes: 32 << 10,
            body_bytes: 2 << 20,
            redirects: 5,
            concurrent: 128,
            connections: 256,
            lookups: 32,
        }
    }

    /// For what the server asks itself.
    pub fn product() -> Self {
        Self { exchange: Duration::from_secs(10), body_bytes: 1 << 20, ..Self::scripts() }
    }

    /// For what a client waits for while it asks for a token.
    pub fn provider() -> Self {
        Self { exchange: Duration::from_secs(5), connect: Duration::from_secs(3), ..Self::product() }
    }
}
