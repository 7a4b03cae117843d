//! The egress guard of a configuration: what each purpose may reach.

use crate::config::Settings;
use crate::deps::Deps;
use anyhow::{Context as _, Result};
use signet_egress::{AllowList, Egress, EgressConfig, Lane, Limits, Policy};
use url::Url;

pub(crate) fn guard(settings: &Settings, deps: &Deps) -> Result<Egress> {
    let (server, args) = (&settings.server, &settings.egress);
    let own = [Url::parse(&server.endpoint())?, Url::parse(&server.admin_endpoint())?];
    let scripts = Policy::new(AllowList::new(args.script_fetch_allow.iter().cloned())).without(&own);
    let product = Policy::new(AllowList::new(args.egress_allow.iter().cloned()));
    let provider = if args.oidc_provider_ssrf_protection_disabled {
        tracing::warn!(
            "OIDC_PROVIDER_SSRF_PROTECTION_DISABLED is on: owners of applications can make the server call private \
             networks; SIGNET_EGRESS_ALLOW opens single hosts instead"
        );
        product.clone().with_own_networks()
    } else {
        product.clone()
    };
    let config = EgressConfig {
        script: Lane { policy: scripts, limits: Limits::scripts() },
        product: Lane { policy: product, limits: Limits::product() },
        provider: Lane { policy: provider, limits: Limits::provider() },
    };
    Egress::new(config, &deps.network).context("cannot set up TLS for outbound requests")
}
