import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { languages } from '../../../../src/code/scanner/languages/index';
import { Grammars } from '../../../../src/code/scanner/outline/syntax';
import { sourceFiles } from '../../../../src/code/scanner/files/files';
import type { Change } from '../../../../src/code/scanner/client/messages';
import { Scanner } from '../../../../src/code/scanner/scanner';
import { temporaryFolder } from '../../../host/cache';
import { grammarFolder } from './grammarFolder';
import { largePackage, largePackages } from './largePackage';

describe('The scanner, while files of a package are edited', function () {
  this.timeout(240_000);
  let root: { path: string; remove: () => Promise<void> };

  before(async () => {
    root = await temporaryFolder('res-edited-');
  });

  after(() => root.remove());

  /** A package on disk, and a scanner that has read it. */
  async function packageOf(
    language: string,
    files: number,
  ): Promise<{ scanner: Scanner; made: { file: string; text: string }[] }> {
    const folder = path.join(root.path, `${language}${files}`);
    mkdirSync(folder);
    writeFileSync(path.join(folder, 'go.mod'), 'module example.com/server\n');
    const made = largePackage(language, files, 4).map(({ name, text }) => {
      const file = path.join(folder, name);
      writeFileSync(file, text);
      return { file, text };
    });
    const scanner = new Scanner(languages, grammarFolder);
    await scanner.apply(made.map(({ file }) => ({ file, fromDisk: true as const })));
    return { scanner, made };
  }

  /** What is typed into the code of a function of the file that all others use, and in one of theirs. */
  const typed: Readonly<Record<string, (text: string) => string>> = {
    go: (text) =>
      text.replace('\tdefer p.Close()\n', '\tif subject != "" {\n\t\tlog(subject)\n\t}\n\tdefer p.Close()\n'),
    typescript: (text) =>
      text.replace(
        '    nc.request(subject);\n',
        '    if (subject) { log(subject); }\n    nc.request(subject);\n',
      ),
    csharp: (text) =>
      text.replace(
        '    nc.Publish(subject, null);\n',
        '    if (subject != "") { Log(subject); }\n    nc.Publish(subject, null);\n',
      ),
    java: (text) =>
      text.replace(
        '    nc.publish(subject, null);\n',
        '    if (subject != "") { log(subject); }\n    nc.publish(subject, null);\n',
      ),
    python: (text) =>
      text.replace(
        '        await nc.publish(subject, b"")\n',
        '        if subject:\n            log(subject)\n        await nc.publish(subject, b"")\n',
      ),
  };

  for (const language of Object.keys(largePackages)) {
    it(`an edit in a function costs as many steps with twice the files, in ${language}`, async () => {
      const stepsOf = async (files: number): Promise<number[]> => {
        const { scanner, made } = await packageOf(language, files);
        const steps: number[] = [];
        for (const { file, text } of [made[0], made[2]].filter((each) => each !== undefined)) {
          await scanner.apply([{ file, text }]);
          const edited = typed[language]?.(text) ?? text;
          assert.notEqual(edited, text);
          for (const next of [edited, text, edited]) {
            const before = scanner.steps;
            await scanner.apply([{ file, text: next }]);
            steps.push(scanner.steps - before);
          }
        }
        return steps;
      };
      const few = await stepsOf(20);
      const many = await stepsOf(40);
      for (const [index, steps] of few.entries()) {
        assert.ok(steps > 10, `${steps} steps are none`);
        assert.ok(
          (many[index] ?? Infinity) <= (language === 'python' ? 1.5 : 1.1) * steps,
          `${many[index]} steps instead of ${steps}`,
        );
      }
    });
  }
});

describe('The facts of a workspace, after any edits of its files', function () {
  this.timeout(240_000);
  const grammars = new Grammars(grammarFolder);
  let root: { path: string; remove: () => Promise<void> };

  before(async () => {
    root = await temporaryFolder('res-edits-');
    cpSync(path.join(import.meta.dirname, 'fixtures'), root.path, { recursive: true });
  });

  after(() => root.remove());

  /** Whether the parser understands a text. */
  async function isSound(file: string, text: string): Promise<boolean> {
    const language = languages.of(file);
    if (!language) return false;
    await grammars.load(languages.grammarsOf(language));
    const tree = grammars.parse(language.grammar.name, text);
    const isWhole = tree?.rootNode.hasError === false;
    tree?.delete();
    return isWhole;
  }

  it('are gone where nothing but the file itself asks for it any more', async () => {
    const file = path.join(root.path, 'csharp/static/Boot.cs');
    const text = readFileSync(file, 'utf8');
    const scanner = new Scanner(languages, grammarFolder);
    const fromDisk = sourceFiles(path.dirname(file), languages).map((each) => ({
      file: each,
      fromDisk: true as const,
    }));
    const factsOf = async (changes: Change[]): Promise<number | undefined> =>
      (await scanner.apply(changes)).find((each) => each.file === file)?.facts.length;
    assert.equal(await factsOf(fromDisk), 2);
    try {
      writeFileSync(file, text.replace('using NATS.Client;', ''));
      assert.equal(await factsOf([{ file, fromDisk: true }]), 0);
    } finally {
      writeFileSync(file, text);
    }
  });

  for (const language of ['csharp', 'go', 'java', 'javascript', 'python']) {
    const fixtures = path.join(import.meta.dirname, 'fixtures');
    const files = sourceFiles(path.join(fixtures, language), languages).map((file) =>
      path.relative(fixtures, file),
    );
    const written = files.filter((file) => readFileSync(path.join(fixtures, file), 'utf8') !== '');

    /** Puts one word of a file in the place of another, or a line a second time. */
    const edit = fc.constantFrom(...written).chain((file) => {
      const text = readFileSync(path.join(fixtures, file), 'utf8');
      const words = [...text.matchAll(/\w+/g)];
      const lines = [...text.matchAll(/^.*\n/gm)];
      const swap = fc.tuple(fc.nat(words.length - 1), fc.nat(words.length - 1)).map(([at, from]) => {
        const [old, word] = [words[at], words[from]];
        return old && word
          ? text.slice(0, old.index) + word[0] + text.slice(old.index + old[0].length)
          : text;
      });
      const twice = fc.nat(lines.length - 1).map((at) => {
        const line = lines[at];
        return line ? text.slice(0, line.index) + line[0] + text.slice(line.index) : text;
      });
      return fc.oneof(swap, twice).map((next) => ({ file, text, next }));
    });

    it(`are those of the same texts without a past, in ${language}`, async () => {
      const all = files.map((file) => ({ file: path.join(root.path, file), fromDisk: true as const }));
      const take = async (
        scanner: Scanner,
        changes: Change[],
        facts: Map<string, unknown>,
      ): Promise<void> => {
        for (const { file, facts: found } of await scanner.apply(changes)) facts.set(file, found);
      };
      await fc.assert(
        fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 12 }), async (edits) => {
          const edited = new Set<string>();
          const facts = new Map<string, unknown>();
          const fresh = new Map<string, unknown>();
          const scanner = new Scanner(languages, grammarFolder);
          try {
            await take(scanner, all, facts);
            for (const { file: name, next } of edits) {
              const file = path.join(root.path, name);
              if (!(await isSound(file, next))) continue;
              edited.add(file);
              await take(scanner, [{ file, text: next }], facts);
              writeFileSync(file, next);
            }
            const closed = [...edited].map((file) => ({ file, fromDisk: true as const }));
            await take(scanner, closed, facts);
            await take(new Scanner(languages, grammarFolder), all, fresh);
            for (const { file } of all) assert.deepEqual(facts.get(file) ?? [], fresh.get(file) ?? [], file);
          } finally {
            for (const { file, text } of edits) writeFileSync(path.join(root.path, file), text);
          }
        }),
        { numRuns: 10 },
      );
    });
  }
});
