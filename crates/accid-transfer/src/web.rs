//! How addresses on the web are trusted: by the certificates this machine trusts, and no list of our own.

use std::sync::Arc;

use ureq::tls::{RootCerts, TlsConfig};

/// TLS as a browser of this machine would do it.
pub fn tls() -> TlsConfig {
    TlsConfig::builder()
        .root_certs(RootCerts::PlatformVerifier)
        .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .build()
}
