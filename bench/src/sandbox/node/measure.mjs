// Reads what to run from the command line, runs it again and again, and prints what it took as a line of JSON.
// Arguments: the file of the script, the file of its input, the function to call, the number of runs.

import { readFileSync } from 'node:fs';

const [scriptFile, inputFile, entry, runs] = process.argv.slice(2);
export const source = readFileSync(scriptFile, 'utf8');
export const input = readFileSync(inputFile, 'utf8');

// The function under measurement: JSON in, JSON out, with the member that the server adds.
export const call = `async (input) => {
  const argument = JSON.parse(input);
  argument.api = { denyAccess: (message) => { throw new Error(message); } };
  return JSON.stringify(await ${entry}(argument));
}`;

/** Runs `once` one after the other, the first runs for warming up. */
export const measure = async (once) => {
  const count = Number(runs);
  for (let run = 0; run < count / 10; run += 1) await once();
  const times = new Float64Array(count);
  const before = process.cpuUsage();
  for (let run = 0; run < count; run += 1) {
    const started = performance.now();
    await once();
    times[run] = performance.now() - started;
  }
  const { user, system } = process.cpuUsage(before);
  times.sort();
  const claims = Object.keys(JSON.parse(await once())).length;
  const at = (share) => times[Math.floor(count * share)] * 1000;
  console.log(JSON.stringify({ cpu: (user + system) / count, p50: at(0.5), p99: at(0.99), claims }));
};
