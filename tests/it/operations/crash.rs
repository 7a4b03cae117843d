//! The server is killed while it issues tokens.

use signet_core::id::TenantId;
use signet_core::random::SystemRng;
use signet_core::time::SystemClock;
use signet_storage::{LogFilter, Page, PoolSettings, Store, StoreDeps, StoreSettings, Vault};
use signet_tests::process::{Installation, Process};
use std::collections::HashSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

/// Clients that ask at once.
const CLIENTS: usize = 16;
/// Answers after which the server is killed.
const ENOUGH: usize = 300;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_audit_entry_of_an_answered_token_is_lost_when_the_server_is_killed() {
    let installation = Installation::new().await;
    let process = Arc::new(installation.serve(&[]).await);

    let answered = storm(&process).await;

    Arc::into_inner(process).unwrap().kill();
    let recorded = recorded(&installation).await;
    let lost: Vec<&String> = answered.iter().filter(|scope| !recorded.contains(*scope)).collect();
    assert!(answered.len() >= ENOUGH && lost.is_empty(), "{} answered, lost {lost:?}", answered.len());
    let again = installation.serve(&[]).await;
    assert!(again.token("again").await.unwrap().starts_with("HTTP/1.1 200"));
}

/// Asks for tokens until the server has answered often enough, kills it, and returns the scopes of answered requests.
async fn storm(process: &Arc<Process>) -> HashSet<String> {
    let (answered, count) = (Arc::new(Mutex::new(HashSet::new())), Arc::new(AtomicUsize::new(0)));
    let clients = (0..CLIENTS).map(|client| {
        let (process, answered, count) = (process.clone(), answered.clone(), count.clone());
        tokio::spawn(async move {
            for request in 0.. {
                let scope = format!("c{client}r{request}");
                match process.token(&scope).await {
                    Ok(answer) if answer.contains("access_token") => {
                        answered.lock().unwrap().insert(scope);
                    }
                    Ok(_) | Err(_) => return,
                }
                if count.fetch_add(1, Ordering::SeqCst) == ENOUGH {
                    process.signal("KILL");
                }
            }
        })
    });
    for client in clients.collect::<Vec<_>>() {
        client.await.unwrap();
    }
    Arc::into_inner(answered).unwrap().into_inner().unwrap()
}

/// Requested scopes of all recorded token requests.
async fn recorded(installation: &Installation) -> HashSet<String> {
    let settings = StoreSettings { database: installation.database().clone(), pool: PoolSettings::default() };
    // Entries are not sealed, so any vault key will do.
    let vault = Vault::new(&[0; 32], Arc::new(SystemRng)).unwrap();
    let store = Store::open(&settings, StoreDeps { clock: Arc::new(SystemClock), vault }).await.unwrap();
    let reader = store.tenant(TenantId::default_tenant()).read().await.unwrap();
    let page = Page { number: 1, size: 1_000_000 };
    let logs = reader.logs(&LogFilter::default(), page).await.unwrap().items;
    logs.into_iter().filter_map(|log| log.payload["params"]["scope"].as_str().map(str::to_owned)).collect()
}
