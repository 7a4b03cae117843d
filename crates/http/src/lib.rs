//! The HTTP surface of Signet: routes, what they take in, how failures are answered, and the layers around them.

mod consent;
mod console;
mod cookies;
mod error;
mod experience;
mod extract;
mod layers;
mod management;
mod me;
mod oidc;
mod pages;
mod phrases;
mod state;
#[cfg(test)]
mod testing;

pub use console::{Console, ConsoleFacts, ConsoleFiles, ConsolePlace};
pub use management::openapi::{openapi, operations};
pub use state::{HttpSettings, TenantContext, TenantState};

use axum::Router;
use layers::cors::CorsPolicy;

/// Everything that one tenant serves.
///
/// Compression, tags and CORS go around `/api` alone: an answer below `/oidc` is small, must not be kept, and decides
/// about origins by its client.
pub fn tenant_router(state: TenantState) -> Router {
    let (api, _) = management::router().split_for_parts();
    let api = layers::around_api(api, CorsPolicy::of(&state.settings.api_origins));
    let me = match &state.console {
        ConsolePlace::Here(_) => layers::around_own_account(me::router().split_for_parts().0),
        ConsolePlace::At(_) => Router::new(),
    };
    let all = Router::new()
        .merge(me)
        .nest("/api", api)
        .nest("/oidc", oidc::router())
        .merge(pages::router(&state.console))
        .merge(console::router(&state.console))
        .fallback(layers::fallback::no_route);
    layers::around_tenant(all, state.rng.clone()).with_state(state)
}
