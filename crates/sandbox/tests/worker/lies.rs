//! A worker that its script has taken over: it looks confined, reads the request, and then says something that no honest
//! worker says.

use std::fs::File;
use std::io::{Read, Write};
use std::os::fd::FromRawFd;
use std::process::ExitCode;
use std::time::Duration;

pub(crate) const HELLO: u8 = 3;
const RESULT: u8 = 4;
const FETCH: u8 = 5;
const ABORT: u8 = 6;

pub(crate) fn lie(how: &str) -> ExitCode {
    // SAFETY: the pool opened descriptor 3 for this process, and nothing else owns it.
    let mut channel = unsafe { File::from_raw_fd(3) };
    let hello = whole(HELLO, br#"{"Ok":{"walls":[]}}"#);
    if how == "greets_and_answers_at_once" {
        channel.write_all(&[hello, returned(b"{\"early\":1}")].concat()).unwrap();
        rest();
    }
    channel.write_all(&hello).unwrap();
    match how {
        "deaf" => rest(),
        "answers_unasked" => {
            channel.write_all(&returned(b"{\"early\":1}")).unwrap();
            rest();
        }
        "answers_half_way" => {
            // The request is larger than what a socket holds, so the server still sends it.
            channel.read_exact(&mut [0; 1000]).unwrap();
            channel.write_all(&returned(b"{\"early\":1}")).unwrap();
            rest();
        }
        _ => {}
    }
    let mut request = [0; 4096];
    let _count = channel.read(&mut request).unwrap();
    match how {
        "exit" => return ExitCode::SUCCESS,
        "exit_in_the_middle" => {
            channel.write_all(&frame(RESULT, 100, b"\0\x0a\0\0\0{\"a\"")).unwrap();
            return ExitCode::SUCCESS;
        }
        "dribble" => dribble(&mut channel, &returned(b"{\"dribbled\":true}"), Duration::from_millis(1)),
        "dribble_without_end" => {
            dribble(&mut channel, &frame(RESULT, 60_000, &many(0, 60_000)), Duration::from_millis(20));
        }
        "flood_of_aborts" => endless(&mut channel, &whole(ABORT, &[0; 4])),
        "flood_of_logs" => endless(&mut channel, &[1, 1, 0, 0, 0, b'x']),
        "two_results_apart" => {
            channel.write_all(&returned(b"{\"n\":1}")).unwrap();
            channel.write_all(&returned(b"{\"n\":2}")).unwrap();
        }
        _ => {
            let frame = answer(how);
            let (first, second) = frame.split_at(split_at(how).min(frame.len()));
            for part in [first, second] {
                // The pool may have hung up in the middle.
                let _sent = channel.write_all(part);
                pause(Duration::from_millis(1));
            }
        }
    }
    rest()
}

/// `honest:5` sends a good answer in two parts, the first of which has five bytes.
fn split_at(how: &str) -> usize {
    how.strip_prefix("honest:").and_then(|place| place.parse().ok()).unwrap_or(usize::MAX)
}

fn answer(how: &str) -> Vec<u8> {
    if let Some(json) = how.strip_prefix("json:") {
        return returned(json.as_bytes());
    }
    match how {
        _ if how.starts_with("honest:") => returned(b"{\"ok\":true}"),
        "garbage" => vec![0xff; 1000],
        "zeros" => vec![0; 1000],
        "huge_length" => frame(RESULT, u32::MAX, b""),
        "length_above_the_cap" => frame(RESULT, 50_000_000, b""),
        "unknown_kind" => whole(77, b"x"),
        "second_hello" => whole(HELLO, b"{}"),
        "a_request" => whole(1, &[0; 200]),
        "a_reply" => whole(2, &[0; 200]),
        "empty_result" => whole(RESULT, b""),
        "unknown_tag" => whole(RESULT, &[99]),
        "block_beyond_the_frame" => whole(RESULT, &[0, 255, 255, 0, 0, b'{', b'}']),
        "block_of_the_largest_length" => whole(RESULT, &[1, 255, 255, 255, 255]),
        "half_a_log_line" => whole(RESULT, &[&outcome(7)[..], &[1, 5, 0, 0, 0, b'x']].concat()),
        "unknown_log_level" => whole(RESULT, &[&outcome(7)[..], &[9, 0, 0, 0, 0]].concat()),
        "too_many_logs" => whole(RESULT, &[&outcome(7)[..], &log(&many(b'x', 30_000))].concat()),
        "too_many_empty_logs" => whole(RESULT, &[outcome(7), log(b"").repeat(20_000)].concat()),
        "long_denial" => whole(RESULT, &[outcome(1), block(&many(b'x', 60_000))].concat()),
        "long_error_name" => {
            whole(RESULT, &[outcome(5), block(&many(b'x', 60_000)), block(b""), rest_of_an_error()].concat())
        }
        "log_that_is_no_text" => whole(RESULT, &[outcome(7), log(b"\xff\xfe")].concat()),
        "not_json" => returned(b"{not json}"),
        "not_an_object" => returned(b"[1]"),
        "control_character" => returned(b"{\"a\":\"\x00\"}"),
        "too_large" => returned(format!(r#"{{"a":"{}"}}"#, "x".repeat(60_000)).as_bytes()),
        "deep" => returned(format!("{}1{}", r#"{"a":"#.repeat(8_000), "}".repeat(8_000)).as_bytes()),
        "invalid_utf8" => returned(b"{\"a\":\"\xff\"}"),
        "fetch_flood" => (0..1000).flat_map(fetch).collect(),
        "same_fetch_twice" => [fetch(1), fetch(1)].concat(),
        "bad_fetch" => whole(FETCH, b"\x01\x00\x00\x00\x00\xff\xff\xff\xff"),
        "fetch_head_is_a_list" => whole(FETCH, &[&[1, 0, 0, 0, 0][..], &block(b"[]")].concat()),
        "fetch_with_a_huge_body" => {
            whole(FETCH, &[&[1, 0, 0, 0, 1][..], &block(HEAD), &many(0, (1 << 20) + 1)].concat())
        }
        "bodies_that_are_too_large_together" => {
            let one = |id: u8| whole(FETCH, &[&[id, 0, 0, 0, 1][..], &block(HEAD), &many(0, 1 << 20)].concat());
            (1..=9).flat_map(one).collect()
        }
        "empty_fetch" => whole(FETCH, b""),
        "abort_of_nothing" => whole(ABORT, &[7, 0, 0, 0]),
        "abort_twice" => [fetch(1), whole(ABORT, &[1, 0, 0, 0]), whole(ABORT, &[1, 0, 0, 0])].concat(),
        "abort_without_an_id" => whole(ABORT, b""),
        "two_results" => [returned(b"{}"), returned(b"{}")].concat(),
        _ => Vec::new(),
    }
}

const HEAD: &[u8] = br#"{"url":"http://a/","method":"GET","headers":[],"redirect":"follow"}"#;

fn many(byte: u8, count: usize) -> Vec<u8> {
    vec![byte; count]
}

fn frame(kind: u8, length: u32, body: &[u8]) -> Vec<u8> {
    [&length.to_le_bytes()[..], &[kind], body].concat()
}

pub(crate) fn whole(kind: u8, body: &[u8]) -> Vec<u8> {
    frame(kind, u32::try_from(body.len()).unwrap(), body)
}

fn block(bytes: &[u8]) -> Vec<u8> {
    [&u32::try_from(bytes.len()).unwrap().to_le_bytes()[..], bytes].concat()
}

pub(crate) fn returned(json: &[u8]) -> Vec<u8> {
    whole(RESULT, &[outcome(0), block(json)].concat())
}

/// The tag of a verdict: 0 returned, 1 denied, 5 thrown, 7 out of memory.
fn outcome(tag: u8) -> Vec<u8> {
    vec![tag]
}

/// No stack, no line, no column.
fn rest_of_an_error() -> Vec<u8> {
    vec![0; 15]
}

fn log(text: &[u8]) -> Vec<u8> {
    [&[1][..], &block(text)].concat()
}

fn fetch(id: u32) -> Vec<u8> {
    whole(FETCH, &[&id.to_le_bytes()[..], &[0], &block(HEAD)].concat())
}

fn dribble(channel: &mut File, bytes: &[u8], wait: Duration) {
    for byte in bytes {
        if channel.write_all(&[*byte]).is_err() {
            return;
        }
        pause(wait);
    }
}

fn endless(channel: &mut File, bytes: &[u8]) {
    let many = bytes.repeat(1000);
    while channel.write_all(&many).is_ok() {}
}

#[expect(clippy::disallowed_methods, reason = "a worker that takes its time does so in real time")]
fn pause(time: Duration) {
    std::thread::sleep(time);
}

/// Never ends by itself, and never answers again.
fn rest() -> ! {
    loop {
        // SAFETY: waits for a signal.
        unsafe { libc::pause() };
    }
}
