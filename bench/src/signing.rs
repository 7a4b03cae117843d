//! The baseline: ES384 signatures and nothing else, on one thread, with the key type that the server signs with.

use crate::Plan;
use crate::numbers::{float, median, micros};
use crate::process;
use anyhow::{Context as _, Result, anyhow};
use serde_json::json;
use signet_core::signing_key::KeyFamily;
use signet_oidc::jose::key::PrivateKey;
use signet_oidc::jose::sign::SigningKey;
use std::hint::black_box;

/// Rounds of one measurement; their median counts.
const ROUNDS: usize = 5;
/// Bytes of the claims that are signed.
const CLAIMS: usize = 600;

/// CPU microseconds of one signature.
pub(crate) fn measure(plan: &Plan) -> Result<f64> {
    rounds(plan.signatures)
}

/// The same while every processor signs: what a busy machine makes of a signature.
pub(crate) fn in_parallel(signatures: u32) -> Result<f64> {
    let threads = std::thread::available_parallelism()?.get();
    let running: Vec<_> = (0..threads).map(|_| std::thread::spawn(move || rounds(signatures))).collect();
    let found = running.into_iter().map(|thread| thread.join().map_err(|_| anyhow!("a thread ended"))?);
    Ok(median(found.collect::<Result<_>>()?))
}

fn rounds(signatures: u32) -> Result<f64> {
    let key = SigningKey::new(PrivateKey::generate(KeyFamily::Ec)?);
    let claims = claims();
    let mut found = Vec::new();
    for _ in 0..ROUNDS {
        let before = process::own_thread_cpu();
        for _ in 0..signatures {
            black_box(key.sign_jwt(Some("at+jwt"), black_box(&claims)).context("signing")?);
        }
        let spent = process::own_thread_cpu().saturating_sub(before);
        found.push(micros(spent) / float(signatures.into()));
    }
    Ok(median(found))
}

fn claims() -> Vec<u8> {
    let mut claims = json!({
        "jti": "V7sQf0m1bq2Zk9Xw3Rt5Y", "sub": "8f4nq2b6s0d1k7x3v9c5m", "iat": 1_767_225_600, "exp": 1_767_229_200,
        "scope": "read:orders write:orders", "client_id": "8f4nq2b6s0d1k7x3v9c5m",
        "iss": "https://id.example/oidc", "aud": "https://bench.example/api", "tier": "gold",
    });
    let missing = CLAIMS.saturating_sub(claims.to_string().len() + r#","more":"""#.len());
    if let Some(members) = claims.as_object_mut() {
        members.insert("more".to_owned(), "x".repeat(missing).into());
    }
    claims.to_string().into_bytes()
}
