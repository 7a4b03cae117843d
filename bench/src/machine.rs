//! The machine: what it is, and whether somebody else is using it.

use anyhow::{Context as _, Result};
use std::fs;
use std::process::Command;
use std::time::Duration;

const TICK: Duration = Duration::from_millis(10);

/// What the figures depend on, one fact a line.
pub(crate) fn describe() -> Result<Vec<(&'static str, String)>> {
    let cpu = fs::read_to_string("/proc/cpuinfo")?;
    let model = cpu.lines().find_map(|line| line.strip_prefix("model name")?.split_once(':')).map(|(_, name)| name);
    let memory = fs::read_to_string("/proc/meminfo")?;
    let memory = memory.lines().next().and_then(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok());
    let kernel = fs::read_to_string("/proc/sys/kernel/osrelease")?;
    let processors = std::thread::available_parallelism()?;
    let gibibytes = memory.unwrap_or(0) >> 20;
    Ok(vec![
        ("processor", format!("{} × {}", processors, model.unwrap_or("unknown").trim())),
        ("memory", format!("{gibibytes} GiB")),
        ("kernel", kernel.trim().to_owned()),
        ("compiler", first_line("rustc", "--version")),
        ("load generator", first_line("wrk", "-v").split(" Copyright").next().unwrap_or_default().to_owned()),
        ("Node.js", first_line("node", "--version")),
        ("load average before", load()?),
    ])
}

fn first_line(program: &str, argument: &str) -> String {
    let output = Command::new(program).arg(argument).output();
    let text = output.map(|output| String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned());
    text.ok().and_then(|text| text.lines().next().map(str::to_owned)).unwrap_or_else(|| "unknown".to_owned())
}

/// Load averages over one, five and fifteen minutes.
pub(crate) fn load() -> Result<String> {
    let text = fs::read_to_string("/proc/loadavg")?;
    Ok(text.split_whitespace().take(3).collect::<Vec<_>>().join(" "))
}

/// CPU time that all processes of the machine have used, and what its host took away. Interrupts are left out: those of
/// our own packets are in nobody's account.
pub(crate) fn busy() -> Result<Duration> {
    let text = fs::read_to_string("/proc/stat")?;
    let fields: Vec<u32> =
        text.lines().next().context("/proc/stat")?.split_whitespace().skip(1).filter_map(|n| n.parse().ok()).collect();
    // user nice system idle iowait irq softirq steal
    Ok(TICK * [0, 1, 2, 7].iter().filter_map(|at| fields.get(*at)).sum::<u32>())
}
