import path from 'node:path';
import type { Binding } from '../outline/outline';
import type { SourceFile } from '../files/sourceFile';

/** A name under which a file knows what another one calls otherwise: `member`, its `default`, or (`=`) the whole of it. */
export interface RenamedImport {
  readonly local: string;
  readonly from: string;
  readonly member: string;
}

const known = new WeakMap<SourceFile, readonly RenamedImport[]>();

/** The imports of a file whose names may be other ones than they have at home. */
export function renamedImports(file: SourceFile): readonly RenamedImport[] {
  let found = known.get(file);
  if (!found) known.set(file, (found = find(file)));
  return found;
}

function find({ outline: { scopes, calls } }: SourceFile): RenamedImport[] {
  const found: RenamedImport[] = [];
  for (const [local, binding] of Object.entries<Binding>(scopes[0]?.names ?? {})) {
    if (binding.kind === 'import' && binding.member !== undefined && binding.member !== local) {
      found.push({ local, from: binding.from, member: binding.member });
    } else if (binding.kind === 'values' && binding.values[0]?.kind === 'call') {
      const call = calls[binding.values[0].call];
      const from = call?.args[0]?.value;
      if (call?.callee.kind === 'name' && call.callee.name === 'require' && from?.kind === 'text')
        found.push({ local, from: from.text, member: '=' });
    }
  }
  return found;
}

/** Keys under which the importers of a member of a file are found. */
export function keysOfMember(file: string, member: string): string[] {
  const { dir, name } = path.parse(file);
  const parts = [name.split('.', 1)[0] ?? name, path.basename(dir), path.basename(path.dirname(dir))];
  return [...new Set(parts)].map((part) => `${part} ${member}`);
}

/** Keys under which a file is found that renames what it imports: by the last part of where it is imported from. */
export function keysOfImports(file: SourceFile): Set<string> {
  const keys = new Set<string>();
  for (const { from, member } of renamedImports(file)) {
    const last = from.slice(from.lastIndexOf('/') + 1);
    const isRelative = /^\.*$/.test(last);
    const base = isRelative
      ? path.basename(path.resolve(path.dirname(file.path), from))
      : (last.split('.', 1)[0] ?? '');
    keys.add(`${base} ${member}`);
    keys.add(`${last.slice(last.lastIndexOf('.') + 1)} ${member}`);
  }
  return keys;
}
