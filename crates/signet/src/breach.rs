//! The service that knows breached passwords, asked through the egress guard. It is given five digits of a digest and
//! answers with hundreds of rests, so that it learns no password.

use signet_egress::{Egress, Purpose, Request};
use signet_identity::policy::breach::{BreachedPasswords, Range};
use std::sync::Arc;
use std::time::Duration;

/// Longer than this, nobody waits for the choice of a password.
const PATIENCE: Duration = Duration::from_secs(3);
/// An answer has about a thousand lines of some forty bytes.
const LONGEST: usize = 256 * 1024;

pub(crate) struct BreachService {
    pub(crate) egress: Arc<Egress>,
    /// What the five digits are put behind.
    pub(crate) url: String,
}

#[derive(Debug, thiserror::Error)]
#[error("answered with status {0}")]
struct Unexpected(u16);

impl BreachedPasswords for BreachService {
    fn range(&self, prefix: &str) -> Range<'_> {
        let url = format!("{}{prefix}", self.url);
        Box::pin(async move {
            // Padding hides from who watches the line how long the answer is.
            let request = Request::get(&url)?.header("add-padding", "true")?.body_limit(LONGEST);
            let response = tokio::time::timeout(PATIENCE, self.egress.send(Purpose::Product, request)).await??;
            if response.status.as_u16() != 200 {
                return Err(Unexpected(response.status.as_u16()).into());
            }
            Ok(String::from_utf8_lossy(&response.body).into_owned())
        })
    }
}
