//! What a script could do that has taken over the engine: raw system calls, made in the jail.

use super::system_calls::{Argument, Call, FORBIDDEN, FORBIDDEN_HERE, HARMLESS};
use std::io::Write;
use std::process::ExitCode;

/// Writes the names of the calls that can be asked for, one a line.
pub(crate) fn list(kind: &str) -> ExitCode {
    let calls: Vec<_> = match kind {
        "forbidden" => FORBIDDEN.iter().chain(FORBIDDEN_HERE).collect(),
        _ => HARMLESS.iter().collect(),
    };
    let names: String = calls.iter().flat_map(|(name, ..)| [*name, "\n"]).collect();
    std::io::stdout().write_all(names.as_bytes()).unwrap();
    ExitCode::SUCCESS
}

pub(crate) fn probe(act: &str) -> ExitCode {
    // SAFETY: descriptor 1 is a pipe of the test. The jail knows no other descriptor than 3.
    unsafe { libc::dup2(1, 3) };
    let mut calls = FORBIDDEN.iter().chain(FORBIDDEN_HERE).chain(HARMLESS);
    if let Some(call) = calls.find(|(name, ..)| *name == act) {
        return signet_sandbox::worker_probe(|| make(call));
    }
    match act {
        "nothing" => signet_sandbox::worker_probe(|| ()),
        #[cfg(target_arch = "x86_64")]
        "a 32-bit call" => signet_sandbox::worker_probe(call_as_32_bit),
        "a write to code" => signet_sandbox::worker_probe(write_to_code),
        "a jump into data" => signet_sandbox::worker_probe(jump_into_data),
        "all the memory there is" => signet_sandbox::worker_probe(take_all_memory),
        _ => ExitCode::from(64),
    }
}

/// A raw call without the C library's checks in between, as injected machine code would make it.
fn make((_, number, arguments): &Call) {
    let mut memory = [0u64; 64];
    let mut raw = [0; 6];
    for (place, argument) in raw.iter_mut().zip(*arguments) {
        *place = match argument {
            Argument::Number(number) => *number,
            Argument::Text(text) => text.as_ptr().addr().cast_signed() as libc::c_long,
            Argument::Memory => memory.as_mut_ptr().expose_provenance().cast_signed() as libc::c_long,
        };
    }
    let [first, second, third, fourth, fifth, sixth] = raw;
    // SAFETY: a forbidden call ends the process. A harmless one writes nothing but `memory`, if that.
    unsafe { libc::syscall(*number, first, second, third, fourth, fifth, sixth) };
}

/// `getpid` by the interrupt of the 32-bit interface, whose calls have other numbers.
#[cfg(target_arch = "x86_64")]
fn call_as_32_bit() {
    // SAFETY: the call takes no arguments. A kernel without the interface answers with a signal.
    unsafe { std::arch::asm!("int 0x80", inout("eax") 20 => _) };
}

/// The program's own code is not writable, and nothing can make it so.
fn write_to_code() {
    let code = write_to_code as fn();
    // SAFETY: none: the store must fault, which is what the test wants to see.
    unsafe { (code as usize as *mut u8).write_volatile(0xc3) };
}

/// Data that looks like machine code stays data.
fn jump_into_data() {
    let code = vec![0xc3u8; 64].leak().as_ptr();
    // SAFETY: none: the jump must fault, which is what the test wants to see.
    let function = unsafe { std::mem::transmute::<*const u8, extern "C" fn()>(code) };
    function();
}

/// Address space is limited, so this comes to an end: mapping fails, and the process does.
fn take_all_memory() {
    for _ in 0..1_000_000 {
        let (access, flags) = (libc::PROT_READ | libc::PROT_WRITE, libc::MAP_PRIVATE | libc::MAP_ANONYMOUS);
        // SAFETY: a fresh mapping touches no existing memory.
        if unsafe { libc::mmap(std::ptr::null_mut(), 1 << 20, access, flags, -1, 0) } == libc::MAP_FAILED {
            return;
        }
    }
    loop {
        std::hint::spin_loop();
    }
}
