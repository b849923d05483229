import path from 'node:path';

/** A document that is open in an editor; the shape of VS Code's own. */
export interface OpenDocument {
  readonly uri: { readonly fsPath: string; readonly scheme: string };
  readonly version: number;
  readonly isDirty: boolean;
  readonly isClosed: boolean;
  getText(): string;
}

/** What there is to know of the workspace's files before the scanner is asked. */
export class KnownFiles {
  readonly #hasFacts: (file: string) => boolean;
  readonly #filesWithFacts: () => Iterable<string>;
  /** What is on disk and was found there. */
  readonly onDisk = new Set<string>();
  /** Files that the file system reported since the last scan began and that it has not listed. */
  readonly reported = new Set<string>();
  /** Open documents with a text that the scanner has or is about to get, by the version it has. */
  readonly open = new Map<string, number>();
  /** Open documents whose file was deleted under them: they count again once somebody edits them. */
  readonly orphans = new Set<string>();

  constructor(index: { factsOf(file: string): readonly unknown[]; files(): Iterable<string> }) {
    this.#hasFacts = (file) => index.factsOf(file).length > 0;
    this.#filesWithFacts = () => index.files();
  }

  /** What is known of paths that were files or folders. */
  at(paths: readonly string[]): string[] {
    const isKnown = (file: string): boolean =>
      this.onDisk.has(file) || this.open.has(file) || this.#hasFacts(file);
    const files = paths.filter(isKnown);
    const folders = paths.filter((file) => !isKnown(file)).map((folder) => folder + path.sep);
    if (folders.length === 0) return files;
    const all = new Set([...this.onDisk, ...this.open.keys(), ...this.#filesWithFacts()]);
    const below = [...all].filter((known) => folders.some((folder) => known.startsWith(folder)));
    return [...new Set([...files, ...below])];
  }
}
