// Top-level `await` and `export` are not for scripts.
// expect: syntax

await null;
export default async () => ({});
