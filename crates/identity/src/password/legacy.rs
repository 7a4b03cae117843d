//! Hashes that say how they were made: `["sha1", ["salt", "@"], "<hex>"]`, where `@` stands for the password.

use super::digest::Digest;
use super::firebase::Firebase;
use super::pbkdf::Pbkdf2;
use super::stored::UnusableHash;

const PASSWORD: &str = "@";

/// A legacy hash, read and within limits.
#[derive(Debug)]
pub(super) struct Legacy {
    recipe: Recipe,
    expected: String,
}

#[derive(Debug)]
enum Recipe {
    Digest { digest: Digest, parts: Vec<String> },
    Pbkdf2(Pbkdf2),
    Firebase(Firebase),
}

impl Legacy {
    pub(super) fn parse(text: &str) -> Result<Self, UnusableHash> {
        let (algorithm, args, expected): (String, Vec<Arg>, String) =
            serde_json::from_str(text).map_err(|_| UnusableHash::LegacyFormat)?;
        let args: Vec<String> = args.into_iter().map(Arg::into_text).collect();
        if !args.iter().any(|arg| arg.contains(PASSWORD)) {
            return Err(UnusableHash::LegacyFormat);
        }
        let recipe = match algorithm.as_str() {
            "pbkdf2" | "pbkdf2Sync" => Recipe::Pbkdf2(Pbkdf2::parse(&without_password(args))?),
            "firebase-scrypt" => Recipe::Firebase(Firebase::parse(&without_password(args))?),
            name => {
                let digest = Digest::named(name).ok_or(UnusableHash::LegacyAlgorithm(algorithm))?;
                Recipe::Digest { digest, parts: args }
            }
        };
        Ok(Self { recipe, expected })
    }

    pub(super) fn matches(&self, password: &[u8]) -> bool {
        match &self.recipe {
            Recipe::Digest { digest, parts } => digest.matches(&self.expected, &filled(parts, password)),
            Recipe::Pbkdf2(pbkdf2) => pbkdf2.matches(&self.expected, password),
            Recipe::Firebase(firebase) => firebase.matches(&self.expected, password),
        }
    }
}

/// Numbers among the arguments may be written as numbers.
#[derive(serde::Deserialize)]
#[serde(untagged)]
enum Arg {
    Text(String),
    Number(u64),
}

impl Arg {
    fn into_text(self) -> String {
        match self {
            Self::Text(text) => text,
            Self::Number(number) => number.to_string(),
        }
    }
}

/// Where `@` stands among them says nothing to an algorithm that knows its arguments by their order.
fn without_password(args: Vec<String>) -> Vec<String> {
    args.into_iter().filter(|arg| arg != PASSWORD).collect()
}

/// All parts in a row with the password in its place. A salt may hold an `@` of its own as long as the password has a
/// part to itself.
fn filled(parts: &[String], password: &[u8]) -> Vec<u8> {
    let has_own_part = parts.iter().any(|part| part == PASSWORD);
    let mut data = Vec::new();
    for part in parts {
        match part.split_once(PASSWORD) {
            Some((before, after)) if part == PASSWORD || !has_own_part => {
                data.extend_from_slice(before.as_bytes());
                data.extend_from_slice(password);
                data.extend_from_slice(after.as_bytes());
            }
            _ => data.extend_from_slice(part.as_bytes()),
        }
    }
    data
}
