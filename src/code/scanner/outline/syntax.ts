import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Language, Parser } from '@vscode/tree-sitter-wasm';
import type { Node, Tree } from '@vscode/tree-sitter-wasm';

export type SyntaxNode = Node;
export type SyntaxTree = Tree;

/**
 * How many steps, in hundreds, the parser may take for one file. A megabyte of code takes from 11,000 on, of a table in
 * Dart 42,000. They are counted, not timed: the same text is read on any machine, or on none.
 */
export const parseLimit = 60_000;

let started: Promise<void> | undefined;
/** Grammars that were loaded, by their files: the parser's memory has room for each only once. */
const loaded = new Map<string, Promise<Language>>();

/** Where the grammars are: a folder, or several, of which the first that has one counts. The parser is in the first. */
export type GrammarFolder = string | readonly string[];

/** The grammars, each loaded from its file when it is first asked for. */
export class Grammars {
  readonly #folders: readonly string[];
  readonly #parsers = new Map<string, Promise<Parser>>();
  readonly #ready = new Map<string, Parser>();

  readonly #limit: number;

  /** `limit` is how many hundreds of steps the parser may take for one text. */
  constructor(folder: GrammarFolder, limit = parseLimit) {
    this.#folders = [folder].flat();
    this.#limit = limit;
  }

  /** Makes the grammars ready to be used with `parse`. */
  async load(names: Iterable<string>): Promise<void> {
    for (const name of names) {
      if (this.#ready.has(name)) continue;
      let parser = this.#parsers.get(name);
      if (!parser) this.#parsers.set(name, (parser = this.#load(name)));
      this.#ready.set(name, await parser);
    }
  }

  isLoaded(name: string): boolean {
    return this.#ready.has(name);
  }

  /**
   * The tree (to be deleted by the caller), or undefined if it takes too long. An earlier tree that was told of the edits
   * since then makes it quicker; it is deleted. Of a text in several languages only one `part` is read.
   */
  parse(name: string, text: string, before?: SyntaxTree, part?: SyntaxNode): SyntaxTree | undefined {
    const parser = this.#ready.get(name);
    if (!parser) throw new Error(`The grammar ${name} is not loaded`);
    let steps = 0;
    const tree = parser.parse(text, before, {
      progressCallback: () => ++steps > this.#limit,
      ...(part && { includedRanges: [part] }),
    });
    before?.delete();
    // An interrupted parser would go on with the old text.
    if (!tree) parser.reset();
    return tree ?? undefined;
  }

  async #load(name: string): Promise<Parser> {
    started ??= Parser.init({ locateFile: (file) => this.#find(file) });
    await started;
    const file = this.#find(`tree-sitter-${name}.wasm`);
    let language = loaded.get(file);
    if (!language) {
      language = readFile(file).then((bytes) => Language.load(bytes));
      loaded.set(file, language);
      // What could not be loaded is tried again.
      language.catch(() => loaded.delete(file));
    }
    return new Parser().setLanguage(await language);
  }

  #find(file: string): string {
    const paths = this.#folders.map((folder) => path.join(folder, file));
    return paths.find((candidate) => existsSync(candidate)) ?? paths[0] ?? file;
  }
}
