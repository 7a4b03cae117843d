//! Fifty clients redeem one authorization code at the same moment, a thousand times over, on each database: a code is for
//! one use (RFC 6749 §4.1.2), and whoever comes at the same time must not get a second set of tokens.

mod connection;
mod database;
mod person;

use crate::server::Server;
use anyhow::{Context as _, Result, ensure};
use connection::Connection;
use database::Database;
use person::{Application, Person};
use std::fmt::{Display, Formatter};
use std::path::Path;
use std::sync::{Barrier, mpsc};

const ROUNDS: u32 = 1000;
const CLIENTS: usize = 50;

/// What became of one code.
#[derive(Debug, Default, PartialEq, Eq)]
struct Round {
    granted: usize,
    refused: usize,
    /// Answers that are neither tokens nor `invalid_grant`.
    strange: Vec<String>,
}

impl Round {
    fn note(&mut self, status: u16, body: &str) {
        if status == 200 && body.contains("\"access_token\"") {
            self.granted += 1;
        } else if status == 400 && body.contains("\"invalid_grant\"") {
            self.refused += 1;
        } else {
            self.strange.push(format!("{status} {body}"));
        }
    }

    fn is_right(&self) -> bool {
        self.granted == 1 && self.refused == CLIENTS - 1
    }
}

/// All rounds on one database.
#[derive(Debug, Default)]
struct Tally {
    rounds: u32,
    right: u32,
    wrong: Vec<Round>,
}

impl Display for Tally {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        let Self { rounds, right, wrong } = self;
        write!(f, "{right} of {rounds} rounds of {CLIENTS} parallel redemptions gave exactly one set of tokens")?;
        wrong.iter().take(3).try_for_each(|round| write!(f, "\n  {round:?}"))
    }
}

/// Races on SQLite, and on PostgreSQL when a server is named.
pub(crate) fn run(binary: &Path, rounds: Option<u32>) -> Result<()> {
    let binary = std::path::absolute(binary)?;
    let mut is_right = true;
    for database in Database::all()? {
        let name = database.name();
        let server = Server::start(&binary, &database.environment())?;
        let tally = race(&server, rounds.unwrap_or(ROUNDS)).with_context(|| server.log());
        server.stop()?;
        database.remove()?;
        let tally = tally?;
        println!("{name}: {tally}");
        is_right &= tally.right == tally.rounds;
    }
    ensure!(is_right, "a code was redeemed more than once, or not at all");
    Ok(())
}

fn race(server: &Server, rounds: u32) -> Result<Tally> {
    let application = Application::register(server)?;
    let mut person = Person::sign_in(server, &application)?;
    let start = Barrier::new(CLIENTS + 1);
    std::thread::scope(|scope| {
        let (said, heard) = mpsc::channel();
        let clients: Vec<mpsc::Sender<String>> = (0..CLIENTS)
            .map(|_| {
                let (ask, asked) = mpsc::channel();
                let (said, start, application) = (said.clone(), &start, &application);
                scope.spawn(move || client(server.port, application, &asked, start, &said));
                ask
            })
            .collect();
        let mut tally = Tally::default();
        for _ in 0..rounds {
            let code = person.code(&application)?;
            for client in &clients {
                client.send(code.clone())?;
            }
            start.wait();
            let mut round = Round::default();
            for (status, body) in heard.iter().take(CLIENTS) {
                round.note(status, &body);
            }
            tally.rounds += 1;
            if round.is_right() {
                tally.right += 1;
            } else {
                tally.wrong.push(round);
            }
        }
        Ok(tally)
    })
}

/// Redeems each code it hears of, once everybody else is ready to.
fn client(
    port: u16,
    application: &Application,
    codes: &mpsc::Receiver<String>,
    start: &Barrier,
    said: &mpsc::Sender<(u16, String)>,
) {
    let mut connection = Connection::to(port);
    for code in codes {
        let request = application.redeeming(&code);
        let opened = connection.open();
        start.wait();
        let answer = opened.and_then(|()| connection.send(&request));
        let told = answer.map_or_else(|error| (0, format!("{error:#}")), |answer| (answer.status, answer.body));
        if said.send(told).is_err() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_round_is_right_when_one_client_has_tokens_and_all_others_are_refused() {
        let round = |granted: usize, refused: usize, other: usize| {
            let mut round = Round::default();
            (0..granted).for_each(|_| round.note(200, r#"{"access_token":"x"}"#));
            (0..refused).for_each(|_| round.note(400, r#"{"error":"invalid_grant"}"#));
            (0..other).for_each(|_| round.note(503, "{}"));
            round.is_right()
        };
        assert!(round(1, 49, 0));
        for (granted, refused, other) in [(0, 50, 0), (2, 48, 0), (1, 48, 1), (1, 48, 0)] {
            assert!(!round(granted, refused, other), "{granted} {refused} {other}");
        }
    }
}
