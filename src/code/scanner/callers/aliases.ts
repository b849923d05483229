import type { Code } from '../evaluate/evaluator';
import type { World } from '../evaluate/world';
import type { SourceFile } from '../files/sourceFile';
import { renamedImports } from '../linking/renamedImports';

/** The other names under which files know `name` of `file`. */
export function aliasesOf(name: string, file: SourceFile, project: Code, world: World): string[] {
  if (file.outline.unit !== undefined) return [];
  const aliases: string[] = [];
  const members = file.outline.exports['='] ? ['default', '=', name] : ['default', name];
  for (const member of members) {
    for (const importer of project.renaming(member, file)) {
      if (importer === file) continue;
      for (const { local, from, member: renamed } of renamedImports(importer)) {
        if (renamed !== member || local === name) continue;
        if (project.resolve(from, importer, world)?.includes(file)) aliases.push(local);
      }
    }
  }
  return aliases;
}
