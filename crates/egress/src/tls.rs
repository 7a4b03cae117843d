//! TLS of outbound connections: rustls with aws-lc-rs, and the system's certificates.

use crate::network::Roots;
use rustls::pki_types::CertificateDer;
use rustls::{ClientConfig, RootCertStore};
use std::sync::{Arc, OnceLock};

/// The store is read once per process: it is some hundred files on many systems.
static SYSTEM: OnceLock<Arc<RootCertStore>> = OnceLock::new();

pub(crate) fn client_config(roots: &Roots) -> Result<ClientConfig, rustls::Error> {
    let roots = match roots {
        Roots::System => SYSTEM.get_or_init(|| Arc::new(system_roots())).clone(),
        Roots::Only(certificates) => Arc::new(store(certificates.iter().cloned())),
    };
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let builder = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
    Ok(builder.with_root_certificates(roots).with_no_client_auth())
}

fn system_roots() -> RootCertStore {
    let found = rustls_native_certs::load_native_certs();
    let mut roots = store(found.certs);
    if roots.is_empty() {
        tracing::warn!("the system has no root certificates; believing those that browsers do");
        roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    }
    roots
}

fn store(certificates: impl IntoIterator<Item = CertificateDer<'static>>) -> RootCertStore {
    let mut roots = RootCertStore::empty();
    // Systems keep certificates that are not for this, and some that nobody can parse.
    roots.add_parsable_certificates(certificates);
    roots
}
