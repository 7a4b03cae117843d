//! The two rules of `deny.toml` that matter most, for machines without cargo-deny: one TLS library, one registry.

use super::Problem;

/// One TLS and one crypto library: rustls with aws-lc-rs.
const BANNED: &[&str] = &["openssl", "openssl-sys", "native-tls"];

/// Looks at the packages of a `Cargo.lock`.
pub(super) fn check(lock: &str) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut registry = None;
    let mut name = "";
    for line in lock.lines() {
        if let Some(value) = value_of(line, "name") {
            name = value;
            if BANNED.contains(&name) {
                problems.push(Problem::new("Cargo.lock", 0, format!("`{name}` is banned (deny.toml)")));
            }
        } else if let Some(source) = value_of(line, "source") {
            let same = source.starts_with("registry+") && *registry.get_or_insert(source) == source;
            if !same {
                problems.push(Problem::new(
                    "Cargo.lock",
                    0,
                    format!("`{name}` comes from another source than the rest"),
                ));
            }
        }
    }
    problems
}

fn value_of<'a>(line: &'a str, key: &str) -> Option<&'a str> {
    line.strip_prefix(key)?.strip_prefix(" = \"")?.strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(packages: &[(&str, &str)]) -> usize {
        let package =
            |(name, source): &(&str, &str)| format!("[[package]]\nname = \"{name}\"\nsource = \"{source}\"\n");
        check(&packages.iter().map(package).collect::<String>()).len()
    }

    #[test]
    fn banned_crates_and_other_sources_are_found() {
        let registry = "registry+https://a.example";
        assert_eq!(problems(&[("serde", registry), ("openssl-probe", registry)]), 0);
        assert_eq!(problems(&[("openssl-sys", registry)]), 1);
        assert_eq!(problems(&[("native-tls", registry), ("serde", registry)]), 1);
        assert_eq!(problems(&[("serde", registry), ("fork", "git+https://a.example/fork")]), 1);
        assert_eq!(problems(&[("serde", registry), ("other", "registry+https://b.example")]), 1);
        assert_eq!(check("[[package]]\nname = \"signet\"\n"), []);
    }
}
