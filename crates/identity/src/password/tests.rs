//! Hashes that others made, and what becomes of them.

use super::queue::QueueSettings;
use super::*;
use signet_core::random::SeededRng;
use signet_core::user::PasswordMethod;

const PASSWORD: &str = "hunter2 ünï";

fn passwords() -> Passwords {
    Passwords::new(QueueSettings { running: 1, waiting: 10 }, Arc::new(SeededRng::new(1)))
}

fn imported(method: PasswordMethod, digest: &str) -> PasswordHash {
    PasswordHash { method, digest: digest.to_owned() }
}

async fn check(stored: &PasswordHash, password: &str) -> Checked {
    passwords().check(Plain::new(password.to_owned()), Some(stored.clone())).await.unwrap()
}

async fn is_right(stored: &PasswordHash, password: &str) -> bool {
    matches!(check(stored, password).await, Checked::Right { .. })
}

/// Hashes of other programs, each with the password it was made of.
const IMPORTED: &[(PasswordMethod, &str, &str)] = &[
    (
        PasswordMethod::Argon2i,
        "password",
        "$argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$wWKIMhR9lyDFvRz9YTZweHKfbftvj+qf+YFY4NeBbtA",
    ),
    (
        PasswordMethod::Argon2i,
        "password",
        "$argon2i$m=65536,t=2,p=1$c29tZXNhbHQ$9sTbSlTio3Biev89thdrlKKiCaYsjjYVJxGAL3swxpQ",
    ),
    (
        PasswordMethod::Argon2id,
        "password",
        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
    ),
    (PasswordMethod::Bcrypt, "U*U", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"),
    (PasswordMethod::Bcrypt, "U*U", "$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"),
    (PasswordMethod::Md5, PASSWORD, "b4ee84679c8a32a40896a258d5de9945"),
    (PasswordMethod::Md5, PASSWORD, "B4EE84679C8A32A40896A258D5DE9945"),
    (PasswordMethod::Sha1, PASSWORD, "203b3fc431c94bcd87f1004082f6f7bc8e66266d"),
    (PasswordMethod::Sha256, PASSWORD, "e115ada1a9a78a9201e5d0470d766fb7834f9e5d589265352e98025a7703eaf5"),
    (
        PasswordMethod::Legacy,
        PASSWORD,
        r#"["sha512", ["sa@lt", "@", "pepper"], "122c9b8694c555982a43030cd0de4892a97f04c06f068091ec7225c3cbeeee5d7c2c0c24b0918e62b9916d713c3017b88a20070588131233193bf7f5a84be6fd"]"#,
    ),
    (PasswordMethod::Legacy, PASSWORD, r#"["sha1", ["pre-@-post"], "f22d86be1cf54268d8e2aea21b167e42b0f01664"]"#),
    (PasswordMethod::Legacy, PASSWORD, r#"["md5", ["@"], "b4ee84679c8a32a40896a258d5de9945"]"#),
    (
        PasswordMethod::Legacy,
        PASSWORD,
        r#"["sha3-256", ["@"], "e04a45ab2be2adce3d6e0ef8b7fd2b66f81ecaee2ed434b16b5f307df0b2ccb7"]"#,
    ),
    (
        PasswordMethod::Legacy,
        PASSWORD,
        r#"["pbkdf2", ["@", "salt", "1000", "20", "sha512"], "9eb45b75e09bcc5d5fc6729121e8e4f913fe6301"]"#,
    ),
    (
        PasswordMethod::Legacy,
        PASSWORD,
        r#"["pbkdf2Sync", ["hex:00ff10", 2000, 32, "sha256", "@"], "d5941cef80baa1f249fea8127465d69e07b34e3a661eb49bd11f26483744f00c"]"#,
    ),
    (
        PasswordMethod::Legacy,
        "user1password",
        r#"["firebase-scrypt", ["42xEC+ixf3L2lw==", "jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==", "Bw==", "8", "14", "@"], "lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ=="]"#,
    ),
];

#[tokio::test]
async fn imported_hashes_of_every_method_are_checked() {
    for (method, password, digest) in IMPORTED {
        let imported = imported(*method, digest);
        assert_eq!(check_usable(&imported), Ok(()), "{digest}");
        assert!(is_right(&imported, password).await, "{digest}");
        for wrong in ["", "Password", "user1password ", &password.to_uppercase()] {
            assert!(wrong == *password || !is_right(&imported, wrong).await, "{digest} {wrong}");
        }
    }
}

#[tokio::test]
async fn a_right_password_brings_a_new_hash_unless_the_old_one_is_as_good() {
    for (method, password, digest) in IMPORTED {
        let Checked::Right { upgraded } = check(&imported(*method, digest), password).await else { panic!("{digest}") };
        let is_good = *method == PasswordMethod::Argon2id;
        assert_eq!(upgraded.is_none(), is_good, "{digest}");
        if let Some(new) = upgraded {
            assert!(new.digest.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{}", new.digest);
            assert_eq!(check(&new, password).await, Checked::Right { upgraded: None });
        }
    }
    let weak = "$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHQ$RmFsc2VGYWxzZUZhbHNlRmFsc2U";
    assert!(stored::needs_upgrade(&imported(PasswordMethod::Argon2id, weak)));
}

#[tokio::test]
async fn a_new_hash_is_of_its_password_only_and_never_the_same_twice() {
    let passwords = passwords();
    let first = passwords.hash(Plain::new("correct horse".to_owned())).await.unwrap();
    let second = passwords.hash(Plain::new("correct horse".to_owned())).await.unwrap();
    assert_ne!(first, second);
    assert_eq!(first.method, PasswordMethod::Argon2id);
    assert!(first.digest.len() <= 256);
    assert!(is_right(&first, "correct horse").await);
    assert!(!is_right(&first, "correct horsf").await);
    assert_eq!(format!("{first:?}"), "PasswordHash { method: Argon2id, .. }");
}

#[tokio::test]
async fn without_a_user_or_a_password_every_password_is_wrong() {
    for password in ["", "x", "decoy"] {
        assert_eq!(passwords().check(Plain::new(password.to_owned()), None).await, Ok(Checked::Wrong));
    }
}

#[test]
fn attack_47_a_wrong_password_costs_one_hash_whoever_it_is_tried_for() {
    let quick = imported(PasswordMethod::Md5, "b4ee84679c8a32a40896a258d5de9945");
    let broken = imported(PasswordMethod::Argon2id, "nonsense");
    let usual = argon::hash(&Plain::new("x".to_owned()), [1; 16]).unwrap();
    let low = [
        (PasswordMethod::Bcrypt, "$2a$04$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"),
        (PasswordMethod::Argon2id, "$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHQ$RmFsc2VGYWxzZUZhbHNlRmFsc2U"),
    ]
    .map(|(method, digest)| imported(method, digest));
    let costly = imported(PasswordMethod::Bcrypt, "$2a$10$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW");
    // A check of a usual hash computes one; beside a check that computes none, or next to none, one is made.
    for (stored, is_made) in [
        (None, true),
        (Some(&quick), true),
        (Some(&broken), true),
        (Some(&low[0]), true),
        (Some(&low[1]), true),
        (Some(&costly), false),
        (Some(&usual), false),
    ] {
        assert_eq!(makes_hash(stored, false), is_made, "{stored:?}");
        assert_eq!(super::check(&Plain::new("y".to_owned()), stored, [2; 16]), Checked::Wrong);
    }
}

#[test]
fn hashes_that_could_never_match_are_told_at_once() {
    let algorithm = |name: &str| Err(UnusableHash::LegacyAlgorithm(name.to_owned()));
    for (method, digest, expected) in [
        (PasswordMethod::Legacy, "nonsense", Err(UnusableHash::LegacyFormat)),
        (PasswordMethod::Legacy, "[]", Err(UnusableHash::LegacyFormat)),
        (PasswordMethod::Legacy, r#"["sha1", ["salt"], "00"]"#, Err(UnusableHash::LegacyFormat)),
        (PasswordMethod::Legacy, r#"["sha1", "@", "00"]"#, Err(UnusableHash::LegacyFormat)),
        (PasswordMethod::Legacy, r#"["whirlpool", ["@"], "00"]"#, algorithm("whirlpool")),
        (PasswordMethod::Legacy, r#"["pbkdf2", ["@", "salt", "1000"], "00"]"#, Err(UnusableHash::LegacyFormat)),
        (
            PasswordMethod::Legacy,
            r#"["pbkdf2", ["@", "salt", "0", "20", "sha1"], "00"]"#,
            Err(UnusableHash::LegacyFormat),
        ),
        (
            PasswordMethod::Legacy,
            r#"["pbkdf2", ["@", "salt", "1", "9999", "sha1"], "00"]"#,
            Err(UnusableHash::LegacyFormat),
        ),
        (PasswordMethod::Legacy, r#"["pbkdf2", ["@", "s", "1", "20", "md4"], "00"]"#, algorithm("pbkdf2 with md4")),
        (
            PasswordMethod::Legacy,
            r#"["firebase-scrypt", ["@", "", "", "", "8", "40"], ""]"#,
            Err(UnusableHash::LegacyFormat),
        ),
        (PasswordMethod::Md5, "xyz", Err(UnusableHash::Unreadable)),
        (PasswordMethod::Bcrypt, "$2a$05$short", Err(UnusableHash::Unreadable)),
        (PasswordMethod::Argon2id, "$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHQ", Err(UnusableHash::Unreadable)),
        (PasswordMethod::Argon2id, "$scrypt$ln=16,r=8,p=1$c29tZXNhbHQ$c29tZXNhbHQ", Err(UnusableHash::Unreadable)),
    ] {
        assert_eq!(check_usable(&imported(method, digest)), expected, "{digest}");
    }
}

#[tokio::test]
async fn hashes_that_would_cost_too_much_are_not_computed() {
    for (method, digest) in [
        (PasswordMethod::Argon2id, "$argon2id$v=19$m=4294967295,t=1,p=1$c29tZXNhbHQ$c29tZXNhbHRzb21lc2FsdA"),
        (PasswordMethod::Argon2d, "$argon2d$v=19$m=65536,t=4294967295,p=1$c29tZXNhbHQ$c29tZXNhbHRzb21lc2FsdA"),
        (PasswordMethod::Bcrypt, "$2a$31$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"),
        (PasswordMethod::Legacy, r#"["pbkdf2", ["@", "salt", "4294967295", "20", "sha1"], "00"]"#),
        (PasswordMethod::Legacy, r#"["firebase-scrypt", ["@", "", "", "", "8", "30"], ""]"#),
        (PasswordMethod::Legacy, r#"["firebase-scrypt", ["@", "", "", "", "4294967295", "14"], ""]"#),
    ] {
        let costly = imported(method, digest);
        assert!(check_usable(&costly).is_err(), "{digest}");
        assert!(!is_right(&costly, "x").await, "{digest}");
    }
}
