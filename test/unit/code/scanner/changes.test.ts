import assert from 'node:assert/strict';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { sourceFiles } from '../../../../src/code/scanner/files/files';
import { languages } from '../../../../src/code/scanner/languages/index';
import { Scanner } from '../../../../src/code/scanner/scanner';
import { temporaryFolder } from '../../../host/cache';
import { grammarFolder } from './grammarFolder';

/** What is done to a file on disk. */
type Edit = { readonly file: string } & (
  | { readonly kind: 'delete' | 'restore' }
  /** Leaves out a part of the text, from and up to such a share of it. */
  | { readonly kind: 'cut'; readonly from: number; readonly to: number }
  | { readonly kind: 'insert'; readonly text: string }
);

describe('A workspace after any changes', function () {
  this.timeout(240_000);
  let root: { path: string; remove: () => Promise<void> };
  let texts: ReadonlyMap<string, string>;

  before(async () => {
    root = await temporaryFolder('res-changes-');
    cpSync(path.join(import.meta.dirname, 'fixtures'), root.path, { recursive: true });
    texts = new Map(sourceFiles(root.path, languages).map((file) => [file, readFileSync(file, 'utf8')]));
  });

  after(() => root.remove());

  /** Tells a scanner of files, and notes what it says of which. */
  async function tell(scanner: Scanner, files: readonly string[], known: Map<string, string>): Promise<void> {
    for (const { file, facts } of await scanner.apply(
      files.map((each) => ({ file: each, fromDisk: true })),
    )) {
      if (facts.length === 0) known.delete(file);
      else known.set(file, facts.map((fact) => JSON.stringify(fact)).join('\n'));
    }
  }

  function make(edit: Edit): void {
    const { file } = edit;
    const text = texts.get(file) ?? '';
    switch (edit.kind) {
      case 'delete':
        rmSync(file, { force: true });
        break;
      case 'restore':
        writeFileSync(file, text);
        break;
      case 'cut': {
        const at = (share: number): number => Math.round(text.length * share);
        writeFileSync(file, text.slice(0, at(edit.from)) + text.slice(at(edit.to)));
        break;
      }
      case 'insert':
        writeFileSync(file, edit.text + text);
        break;
    }
  }

  it('says the same again of what was away for a while', async () => {
    const files = [...texts.keys()];
    for (const file of files) make({ kind: 'restore', file });
    const scanner = new Scanner(languages, grammarFolder);
    const known = new Map<string, string>();
    await tell(scanner, files, known);
    const before = Object.fromEntries(known);
    // All of them take minutes: each run takes others.
    const edits = fc
      .shuffledSubarray(files, { minLength: 100, maxLength: 100 })
      .chain((some) =>
        fc.tuple(
          ...some.map((file) =>
            fc.constantFrom<Edit>({ kind: 'delete', file }, { kind: 'cut', from: 0, to: 1, file }),
          ),
        ),
      );
    for (const edit of fc.sample(edits, 1)[0] ?? []) {
      const { file } = edit;
      make(edit);
      await tell(scanner, [file], known);
      make({ kind: 'restore', file });
      await tell(scanner, [file], known);
      assert.deepEqual(Object.fromEntries(known), before, `after ${edit.kind} of ${file}`);
    }
  });

  it('says what it would say if it were read anew', async () => {
    const files = [...texts.keys()];
    const file = fc.constantFrom(...files);
    const edits = fc.array(
      fc.oneof(
        fc.record({ kind: fc.constantFrom('delete' as const, 'restore' as const), file }),
        fc
          .tuple(file, fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }))
          .map(([of, a, b]): Edit => ({ kind: 'cut', file: of, from: Math.min(a, b), to: Math.max(a, b) })),
        fc.record({ kind: fc.constant('insert' as const), file, text: fc.constantFrom('\n', '\n\n\n') }),
      ),
      { minLength: 1, maxLength: 40 },
    );
    await fc.assert(
      fc.asyncProperty(edits, async (made) => {
        for (const each of files) make({ kind: 'restore', file: each });
        const scanner = new Scanner(languages, grammarFolder);
        const known = new Map<string, string>();
        await tell(scanner, files, known);
        for (const edit of made) {
          make(edit);
          await tell(scanner, [edit.file], known);
        }
        const anew = new Map<string, string>();
        await tell(new Scanner(languages, grammarFolder), sourceFiles(root.path, languages), anew);
        assert.deepEqual(Object.fromEntries([...known].sort()), Object.fromEntries([...anew].sort()));
      }),
      { numRuns: 10 },
    );
  });
});
