#!/bin/sh
# Searches for SECONDS per target (default 60). Needs no nightly toolchain: RUSTC_BOOTSTRAP allows the one unstable
# flag. Without a sanitizer: our code has no `unsafe` here, and a plain build searches faster.
# What is found stays in corpus/ and artifacts/; make a crash a seed (seeds/<target>/) and a test.
set -eu
cd "$(dirname "$0")"
seconds=${1:-60}
if ! cargo fuzz --version >/dev/null 2>&1; then
    cargo install cargo-fuzz --locked --version 0.13.2
fi
export RUSTC_BOOTSTRAP=1
for target in $(cargo fuzz list); do
    mkdir -p "corpus/$target"
    cargo fuzz run --sanitizer none --features libfuzzer "$target" "corpus/$target" "seeds/$target" -- \
        -max_total_time="$seconds" -max_len=4096 -timeout=5 -rss_limit_mb=1024 -print_final_stats=1
done
