//! Characters of a password that say little: repetitions, sequences, words, and what is known of the user. A password
//! may hold some; it is refused when hardly anything else is left.

use super::password::{Issue, UserInfo};

/// What stands in a row in the alphabet or on a keyboard.
const SEQUENCES: &[&str] = &[
    "0123456789",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "1qaz",
    "2wsx",
    "3edc",
    "4rfv",
    "5tgb",
    "6yhn",
    "7ujm",
    "8ik",
    "9ol",
];
/// From this length on, characters that repeat or follow each other count.
const NOTABLE: usize = 3;
/// So many characters that say something make up for all that say nothing.
const TOLERANCE: usize = 3;

/// What to look for. Empty phrases find nothing.
#[derive(Default)]
pub(super) struct Phrases {
    pub(super) repetitions_and_sequences: bool,
    pub(super) words: Vec<Vec<char>>,
    pub(super) user: Vec<Vec<char>>,
}

impl Phrases {
    pub(super) fn new(words: &[String], user: Option<&UserInfo<'_>>) -> Self {
        let words = words.iter().map(|word| lower(word)).collect();
        Self { repetitions_and_sequences: false, words, user: user.map(of_user).unwrap_or_default() }
    }

    /// The kinds of phrases found, when more of the password is phrases than may be.
    pub(super) fn issues(&self, password: &str) -> Vec<Issue> {
        let password = lower(password);
        let mut covered = vec![false; password.len()];
        let mut found: Vec<Issue> = Vec::new();
        for start in 0..password.len() {
            let rest = password.get(start..).unwrap_or_default();
            for (length, issue) in self.at(rest) {
                for mark in covered.iter_mut().skip(start).take(length) {
                    *mark = true;
                }
                if length > 0 && !found.contains(&issue) {
                    found.push(issue);
                }
            }
        }
        let said_nothing = covered.into_iter().filter(|mark| *mark).count();
        let allowed = password.len().saturating_sub(TOLERANCE).max(1);
        if said_nothing > allowed { found } else { Vec::new() }
    }

    /// How far a phrase of each kind reaches from the beginning of `rest`.
    fn at(&self, rest: &[char]) -> [(usize, Issue); 4] {
        let (repeated, followed) =
            if self.repetitions_and_sequences { (repetition(rest), sequence(rest)) } else { (0, 0) };
        [
            (repeated, Issue::Repetition),
            (followed, Issue::Sequence),
            (longest(&self.words, rest), Issue::Words),
            (longest(&self.user, rest), Issue::UserInfo),
        ]
    }
}

fn lower(text: &str) -> Vec<char> {
    text.chars().flat_map(char::to_lowercase).collect()
}

fn repetition(rest: &[char]) -> usize {
    let length = rest.iter().take_while(|letter| Some(*letter) == rest.first()).count();
    if length >= NOTABLE { length } else { 0 }
}

/// The longest run that is part of a sequence, forwards or backwards.
fn sequence(rest: &[char]) -> usize {
    let in_row = |sequence: &[char]| {
        let from = sequence.iter().position(|letter| Some(letter) == rest.first())?;
        let row = sequence.get(from..)?;
        Some(row.iter().zip(rest).take_while(|(expected, letter)| expected == letter).count())
    };
    let forwards = SEQUENCES.iter().map(|sequence| sequence.chars().collect::<Vec<char>>());
    let backwards = SEQUENCES.iter().map(|sequence| sequence.chars().rev().collect::<Vec<char>>());
    let longest = forwards.chain(backwards).filter_map(|sequence| in_row(&sequence)).max().unwrap_or(0);
    if longest >= NOTABLE { longest } else { 0 }
}

fn longest(phrases: &[Vec<char>], rest: &[char]) -> usize {
    phrases.iter().filter(|phrase| rest.starts_with(phrase)).map(Vec::len).max().unwrap_or(0)
}

/// The name whole, without its spaces and in its parts; the username; the address up to its `@`; the number.
fn of_user(user: &UserInfo<'_>) -> Vec<Vec<char>> {
    let name = user.name.unwrap_or_default();
    let mut phrases = vec![name.to_owned(), name.split_whitespace().collect()];
    phrases.extend(name.split_whitespace().map(str::to_owned));
    let address = user.email.and_then(|email| email.split('@').next());
    phrases.extend([user.username, address, user.phone].into_iter().flatten().map(str::to_owned));
    phrases.iter().map(|phrase| lower(phrase)).collect()
}
