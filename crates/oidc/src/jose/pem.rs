//! PEM (RFC 7468), as far as private keys need it.

use super::key::KeyError;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

/// One block: its label and its DER.
pub(super) struct Block {
    pub(super) label: String,
    pub(super) der: Zeroizing<Vec<u8>>,
}

/// The blocks of `text`. OpenSSL puts one with the curve's parameters before an EC key.
pub(super) fn blocks(text: &str) -> Result<Vec<Block>, KeyError> {
    let mut blocks = Vec::new();
    let mut rest = text;
    while let Some((_, after)) = rest.split_once("-----BEGIN ") {
        let (label, after) = after.split_once("-----").ok_or(KeyError::NotPem)?;
        let (content, after) = after.split_once(&format!("-----END {label}-----")).ok_or(KeyError::NotPem)?;
        // RFC 1421 headers mark keys that OpenSSL encrypted in its old way.
        if content.contains(':') {
            return Err(KeyError::Encrypted);
        }
        blocks.push(Block { label: label.to_owned(), der: base64(content)? });
        rest = after;
    }
    Ok(blocks)
}

/// Decodes base64 that may be wrapped in lines.
pub(super) fn base64(text: &str) -> Result<Zeroizing<Vec<u8>>, KeyError> {
    let mut joined = Zeroizing::new(String::with_capacity(text.len()));
    joined.extend(text.chars().filter(|c| !c.is_ascii_whitespace()));
    STANDARD.decode(joined.as_bytes()).map(Zeroizing::new).map_err(|_| KeyError::NotPem)
}

pub(super) fn encode(label: &str, der: &[u8]) -> String {
    let encoded = Zeroizing::new(STANDARD.encode(der));
    let mut lines = Zeroizing::new(String::with_capacity(encoded.len() + encoded.len() / 64));
    for (position, c) in encoded.chars().enumerate() {
        if position > 0 && position % 64 == 0 {
            lines.push('\n');
        }
        lines.push(c);
    }
    format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", lines.as_str())
}
