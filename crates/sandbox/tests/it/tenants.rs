//! Fifty tenants with four scripts each, in an order that nobody chose: none meets another in a worker.

use crate::support::{config, json, limits, pool, pool_with, run_as};
use serde_json::json;
use signet_sandbox::{Pool, PoolConfig, Script};
use std::collections::HashSet;
use std::sync::Arc;

const TENANTS: usize = 50;
const SCRIPTS: usize = 4;
/// Requests at the same time.
const CLIENTS: usize = 4;

/// A tenant and one of its scripts.
type Pair = (usize, usize);

/// `SplitMix64`, so that each run of the test has the same order.
fn random(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mixed = (*state ^ (*state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

fn shuffled(mut pairs: Vec<Pair>, mut seed: u64) -> Vec<Pair> {
    for last in (1..pairs.len()).rev() {
        let place = usize::try_from(random(&mut seed) % (last as u64 + 1)).unwrap();
        pairs.swap(last, place);
    }
    pairs
}

fn each_once() -> Vec<Pair> {
    let pairs = (0..TENANTS).flat_map(|tenant| (0..SCRIPTS).map(move |script| (tenant, script)));
    shuffled(pairs.collect(), 8)
}

/// As busy servers see them: the second pair half as often as the first one, the third a third, and so on (Zipf).
fn few_often_and_many_seldom() -> Vec<Pair> {
    let ranked = each_once();
    let often = |rank: usize| ranked.len() / (rank + 1);
    let requests = ranked.iter().enumerate().flat_map(|(rank, pair)| std::iter::repeat_n(*pair, often(rank)));
    shuffled(requests.collect(), 88)
}

/// Runs every pair's script, some at the same time, and hands the tenant's number and the script's answer to `check`.
async fn run_all(pool: &Pool, pairs: Vec<Pair>, source: fn(Pair) -> String, check: fn(usize, serde_json::Value)) {
    let pairs = Arc::new(pairs);
    let clients = (0..CLIENTS).map(|client| {
        let (pool, pairs) = (pool.clone(), Arc::clone(&pairs));
        tokio::spawn(async move {
            for (tenant, script) in pairs.iter().skip(client).step_by(CLIENTS).copied() {
                let input = format!(r#"{{"context":{{"mark":"tenant:{tenant};"}}}}"#);
                let script = Script::new(source((tenant, script)), "main");
                let run = run_as(&pool, &format!("t{tenant}"), &script, &input, &limits()).await;
                check(tenant, json(&run.outcome));
            }
        })
    });
    for client in clients.collect::<Vec<_>>() {
        client.await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn attack_08_no_worker_is_ever_given_anything_of_two_tenants() {
    for workers in [2, 8, TENANTS] {
        // These workers answer with the tenants of all inputs and scripts that they were ever given.
        let pool = pool_with(PoolConfig { running: workers.min(4), kept: workers, ..config(&["remember"]) });
        let requests = few_often_and_many_seldom();
        let tenants: HashSet<usize> = requests.iter().map(|(tenant, _)| *tenant).collect();

        let source = |(tenant, script): Pair| format!("const main = () => ({{}}); // tenant:{tenant}; script {script}");
        run_all(&pool, requests, source, |tenant, answer| {
            assert_eq!(answer, json!({"seen": [tenant.to_string()]}));
        })
        .await;

        assert_eq!(tenants.len(), TENANTS);
        assert!(pool.stats().started >= TENANTS as u64, "each tenant needed a worker: {:?}", pool.stats());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn attack_08_what_a_script_plants_no_other_tenant_finds() {
    let planting = |(tenant, script): Pair| {
        format!(
            "const main = async ({{ context, api }}) => {{
               const places = [globalThis, api, console, fetch, crypto, JSON, Math, Reflect, Symbol, Error, Headers, URL, Object.prototype,
                 Function.prototype, Array.prototype, String.prototype, RegExp.prototype, Promise.prototype, Map.prototype,
                 Error.prototype, Object.getPrototypeOf(async () => {{}}), Object.getPrototypeOf([][Symbol.iterator]())];
               const found = places.flatMap((place) => Reflect.ownKeys(place)).map(String).filter((key) => key.includes('tenant:'));
               const plant = () => {{
                 for (const place of places) try {{ place[context.mark + {script}] = 1; }} catch {{}}
               }};
               plant();
               setTimeout(plant, 1);
               Promise.resolve().then(plant);
               return {{ found }};
             }}; // {tenant}"
        )
    };
    let twice = [each_once(), each_once()].concat();

    run_all(&pool(), shuffled(twice, 888), planting, |tenant, answer| {
        assert_eq!(answer, json!({"found": []}), "in a run of tenant {tenant}");
    })
    .await;
}
