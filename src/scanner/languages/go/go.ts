import path from 'node:path';
import { jsonOf } from '../json';
import type { Disk, LanguageDefinition } from '../language';
import { goBuiltins } from './builtins';
import { goRes } from './goRes';
import { goNats } from './nats';
import { translateGo } from './translate';

const json = jsonOf('encoding/json', /jirenius\/go-res|nats-io\/|resgate/);

/** Go. */
export const go: LanguageDefinition = {
  name: 'go',
  extensions: ['.go'],
  grammar: 'go',
  family: 'go',
  sieve: ['jirenius/go-res', 'nats-io/nats', 'nats-io/go-nats', 'json:"rid', '"rid"'],
  nearby: {
    modules: /^github\.com\/(jirenius\/go-res|nats-io\/)/,
    isFlat: true,
    sieve: [
      ...['Handle', 'AddHandler', 'AddListener', 'Route', 'Mount', 'With', 'Resource', 'Reset'],
      ...['SetOwnedResources', 'Subscribe', 'QueueSubscribe', 'ChanSubscribe', 'Publish', 'Request'],
    ].map((name) => `.${name}(`),
  },
  translate: translateGo,
  builtins: goBuiltins,
  libraries: [goRes, goNats, json],
  siblings: (file, disk) => packageFiles(path.dirname(file), disk, file.endsWith('_test.go')),
  resolve: (from, file, disk) => {
    const module = moduleOf(path.dirname(file), disk);
    if (!module || (from !== module.name && !from.startsWith(`${module.name}/`))) return undefined;
    return packageFiles(path.join(module.folder, from.slice(module.name.length)), disk, false);
  },
};

/** More files than this in one folder are generated code. */
const maxFiles = 300;

function packageFiles(folder: string, disk: Disk, withTests: boolean): string[] {
  const names = disk
    .filesIn(folder)
    .filter((name) => name.endsWith('.go') && (withTests || !name.endsWith('_test.go')));
  return names.slice(0, maxFiles).map((name) => path.join(folder, name));
}

/** The Go module that a folder belongs to: the nearest go.mod above it. */
function moduleOf(folder: string, disk: Disk): { name: string; folder: string } | undefined {
  for (let at = folder; ; at = path.dirname(at)) {
    const name = /^\s*module\s+"?([^\s"]+)/m.exec(disk.text(path.join(at, 'go.mod')) ?? '')?.[1];
    if (name !== undefined) return { name, folder: at };
    if (path.dirname(at) === at) return undefined;
  }
}
