/** Tells its parent how many megabytes an index of so many ids takes. `indexMemory.ts COUNT` */
import { WorkspaceIndex } from '../../src/code/index/workspaceIndex';
import type { Fact } from '../../src/code/scanner/facts/fact';

/** Ids that a file uses, and services that there are. */
const inFile = 50;
const services = 20;

function used(): number {
  global.gc?.();
  global.gc?.();
  return process.memoryUsage().heapUsed / 1024 / 1024;
}

/** Facts as they come from the worker: nothing of one is shared with another. */
function factsOf(file: number): { file: string; facts: Fact[] } {
  const facts = Array.from({ length: inFile }, (_, index): Fact => {
    const id = file * inFile + index;
    const service = `service${id % services}`;
    const pattern = `${service}.kind${id % 97}.item${id}`;
    return {
      kind: 'reference',
      pattern,
      service,
      line: index * 3 + 1,
      column: 20,
      language: 'go',
      library: 'go-res',
    };
  });
  return structuredClone({
    file: `/home/somebody/projects/shop/src/part${file % 100}/file${file}.go`,
    facts,
  });
}

const index = new WorkspaceIndex();
index.update([factsOf(0)]);
const before = used();
for (let file = 1; file <= Number(process.argv[2]) / inFile; file++) index.update([factsOf(file)]);
// What is made on demand counts as well.
index.known();
index.services();
process.send?.(used() - before, () => {
  process.disconnect();
});
// The index has to be alive when it is measured.
process.once('exit', () => index.files());
