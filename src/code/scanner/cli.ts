/** `npm run --silent scan -- FOLDER`: prints what the scanner finds, one JSON object a line. */
import { statSync } from 'node:fs';
import path from 'node:path';
import type { Fact } from './facts/fact';
import { sourceFiles } from './files/files';
import { languages } from './languages/index';
import { Scanner } from './scanner';

/** The folders in which the packages of the grammars keep them. */
const grammarFolder = [
  path.dirname(require.resolve('@vscode/tree-sitter-wasm')),
  path.join(path.dirname(require.resolve('@repomix/tree-sitter-wasms/package.json')), 'out'),
];

async function main(args: readonly string[]): Promise<number> {
  const [folder] = args;
  if (folder === undefined || args.length !== 1) {
    console.error('Usage: npm run --silent scan -- FOLDER');
    return 1;
  }
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    const remedy = 'Name a folder that exists; a relative path starts at the current folder';
    console.error(`Nothing was scanned: ${folder} is no folder. ${remedy}.`);
    return 1;
  }
  const root = path.resolve(folder);
  const scanner = new Scanner(languages, grammarFolder);
  const results = await scanner.apply(sourceFiles(root, languages).map((file) => ({ file, fromDisk: true })));
  const lines: string[] = [];
  for (const { file, facts, notes } of results.sort((a, b) => (a.file < b.file ? -1 : 1))) {
    const relative = path.relative(root, file).split(path.sep).join('/');
    for (const note of notes ?? []) console.error(`${relative}: ${note}`);
    lines.push(...facts.map((fact) => JSON.stringify(printed(fact, relative))));
  }
  if (lines.length > 0) process.stdout.write(`${lines.join('\n')}\n`);
  return 0;
}

function printed({ kind, pattern, service, line, column, language, library }: Fact, file: string): object {
  return { kind, pattern, ...(service !== undefined && { service }), file, line, column, language, library };
}

void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
