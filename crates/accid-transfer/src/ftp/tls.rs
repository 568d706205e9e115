//! TLS for FTP (RFC 4217): a certificate is trusted by its hash, because those of shared hosts are often signed by
//! nobody, and every control connection keeps its own sessions, because strict servers accept a data connection only
//! when it goes on with the session of its control connection.
//!
//! TLS 1.2 comes first: its sessions can be gone on with many times. A ticket of TLS 1.3 is spent by one data
//! connection, and servers hand out two.

use std::{
    io::{self, Read, Write},
    net::TcpStream,
    sync::{Arc, Mutex},
};

use accid_base::{ContentHash, locked};
use rustls::{
    ClientConfig, ClientConnection, DigitallySignedStruct, Error, SignatureScheme, StreamOwned,
    client::{
        Resumption,
        danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    },
    crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature},
    pki_types::{CertificateDer, ServerName, UnixTime},
};

use crate::{Pin, PinKind};

/// A connection, protected or not.
pub(super) enum Stream {
    Plain(TcpStream),
    Protected(Box<StreamOwned<ClientConnection, TcpStream>>),
}

impl Stream {
    pub(super) fn socket(&self) -> &TcpStream {
        match self {
            Self::Plain(socket) => socket,
            Self::Protected(stream) => &stream.sock,
        }
    }

    /// Says that nothing follows, so that the other side can tell a whole file from a cut one.
    pub(super) fn finish(&mut self) -> io::Result<()> {
        if let Self::Protected(stream) = self {
            stream.conn.send_close_notify();
            stream.flush()?;
        }
        self.socket().shutdown(std::net::Shutdown::Write)
    }
}

impl Read for Stream {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Plain(socket) => socket.read(buffer),
            Self::Protected(stream) => match stream.read(buffer) {
                // Many servers close without saying so; the reply on the control connection tells whether all came.
                Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(0),
                read => read,
            },
        }
    }
}

impl Write for Stream {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Plain(socket) => socket.write(bytes),
            Self::Protected(stream) => stream.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Plain(socket) => socket.flush(),
            Self::Protected(stream) => stream.flush(),
        }
    }
}

/// Which TLS is spoken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Version {
    /// TLS 1.2.
    Older,
    /// TLS 1.3, for servers that refuse 1.2.
    Newer,
}

/// What one control connection and its data connections share.
#[derive(Clone)]
pub(super) struct Tls {
    config: Arc<ClientConfig>,
    verifier: Arc<PinVerifier>,
    name: ServerName<'static>,
}

impl Tls {
    pub(super) fn new(host: &str, known: Option<Pin>, version: Version) -> Result<Self, String> {
        let name = ServerName::try_from(host.to_owned()).map_err(|error| error.to_string())?;
        let provider = Arc::new(ring::default_provider());
        let verifier =
            Arc::new(PinVerifier { provider: Arc::clone(&provider), known, shown: Mutex::new(None) });
        let versions = match version {
            Version::Older => &[&rustls::version::TLS12],
            Version::Newer => &[&rustls::version::TLS13],
        };
        let mut config = ClientConfig::builder_with_provider(provider)
            .with_protocol_versions(versions)
            .map_err(|error| error.to_string())?
            .dangerous()
            .with_custom_certificate_verifier(Arc::clone(&verifier) as Arc<dyn ServerCertVerifier>)
            .with_no_client_auth();
        config.resumption = Resumption::in_memory_sessions(16);
        Ok(Self { config: Arc::new(config), verifier, name })
    }

    /// The certificate that was shown.
    pub(super) fn shown(&self) -> Option<Pin> {
        locked(&self.verifier.shown).clone()
    }

    /// Protects a connection. The handshake ends before the first byte that is read or written.
    pub(super) fn protect(&self, socket: TcpStream) -> io::Result<Stream> {
        let connection =
            ClientConnection::new(Arc::clone(&self.config), self.name.clone()).map_err(io::Error::other)?;
        Ok(Stream::Protected(Box::new(StreamOwned::new(connection, socket))))
    }
}

/// Trusts the certificate that is known, and the first when none is.
#[derive(Debug)]
struct PinVerifier {
    provider: Arc<CryptoProvider>,
    known: Option<Pin>,
    shown: Mutex<Option<Pin>>,
}

impl ServerCertVerifier for PinVerifier {
    fn verify_server_cert(
        &self,
        leaf: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let pin = Pin { kind: PinKind::Certificate, sha256: ContentHash::of(leaf) };
        let mut shown = locked(&self.shown);
        let expected = self.known.as_ref().or(shown.as_ref());
        let same = expected.is_none_or(|expected| *expected == pin);
        *shown = Some(pin);
        if same {
            return Ok(ServerCertVerified::assertion());
        }
        Err(Error::InvalidCertificate(rustls::CertificateError::ApplicationVerificationFailure))
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(
            message,
            certificate,
            signature,
            &self.provider.signature_verification_algorithms,
        )
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(
            message,
            certificate,
            signature,
            &self.provider.signature_verification_algorithms,
        )
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}
