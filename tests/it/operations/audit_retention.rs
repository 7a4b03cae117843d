//! Old audit entries go, in batches.

use crate::signet;
use std::time::Duration;

#[tokio::test]
async fn entries_older_than_the_retention_are_deleted() {
    let signet = signet().await;
    signet.management_token().await;
    signet.advance(Duration::from_hours(24 * 89));
    signet::worker::cleanup(&signet.app.store, &signet.deps, 90).await.unwrap();
    assert_eq!(signet.logs("ExchangeTokenBy.ClientCredentials").await.len(), 2);

    signet.advance(Duration::from_hours(48));
    signet::worker::cleanup(&signet.app.store, &signet.deps, 90).await.unwrap();

    assert_eq!(
        signet.logs("ExchangeTokenBy.ClientCredentials").await.len(),
        2,
        "the first one is gone, a new one came"
    );
}
