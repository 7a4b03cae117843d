// Each run in the same worker thread and the same context: what a script changes, the next run finds.

import vm from 'node:vm';
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads';

if (isMainThread) {
  const { call, input, measure, source } = await import('./measure.mjs');
  const worker = new Worker(new URL(import.meta.url), { workerData: { call, source } });
  let answered;
  worker.on('message', (answer) => answered(answer));
  await measure(() => {
    const answer = new Promise((resolve) => {
      answered = resolve;
    });
    worker.postMessage(input);
    return answer;
  });
  await worker.terminate();
} else {
  vm.runInThisContext(workerData.source);
  const run = vm.runInThisContext(`(${workerData.call})`);
  parentPort.on('message', async (input) => parentPort.postMessage(await run(input)));
}
