// Each run in a `vm` context of its own. What can be done once is done once: the script is compiled.

import vm from 'node:vm';
import { call, input, measure, source } from './measure.mjs';

const script = new vm.Script(source);
const calling = new vm.Script(`(${call})(input)`);

await measure(() => {
  const context = vm.createContext({ input });
  script.runInContext(context);
  return calling.runInContext(context);
});
