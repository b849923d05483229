import {
  Disposable,
  EventEmitter,
  FileSystemError,
  FileType,
  workspace,
  type ExtensionContext,
  type FileChangeEvent,
  type FileStat,
  type FileSystemProvider,
  type Uri,
} from 'vscode';

const service = `package main

import res "github.com/jirenius/go-res"

func main() {
	s := res.NewService("library")
	s.Handle("book.$id", res.GetModel(func(r res.ModelRequest) { r.NotFound() }))
	s.ListenAndServe("nats://127.0.0.1:4222")
}
`;

/** Offers `memfs:/library`, a folder with the code of a service in it. */
export function activate(context: ExtensionContext): void {
  context.subscriptions.push(
    workspace.registerFileSystemProvider('memfs', new MemoryFiles({ '/library/main.go': service }), {
      isCaseSensitive: true,
    }),
  );
}

/** Files by their paths; a folder is there for as long as something is in it. */
class MemoryFiles implements FileSystemProvider {
  readonly #changed = new EventEmitter<FileChangeEvent[]>();
  readonly #files: Map<string, Uint8Array>;

  readonly onDidChangeFile = this.#changed.event;

  constructor(files: Readonly<Record<string, string>>) {
    this.#files = new Map(
      Object.entries(files).map(([path, text]) => [path, new TextEncoder().encode(text)]),
    );
  }

  watch(): Disposable {
    return new Disposable(() => undefined);
  }

  stat({ path }: Uri): FileStat {
    const file = this.#files.get(path);
    if (file) return { type: FileType.File, ctime: 0, mtime: 0, size: file.length };
    if (this.#below(path).length > 0) return { type: FileType.Directory, ctime: 0, mtime: 0, size: 0 };
    throw FileSystemError.FileNotFound(path);
  }

  readDirectory({ path }: Uri): [string, FileType][] {
    const names = this.#below(path).map((name) => [
      name.split('/')[0] ?? '',
      name.includes('/') ? FileType.Directory : FileType.File,
    ]);
    return [...new Map(names as [string, FileType][])];
  }

  readFile({ path }: Uri): Uint8Array {
    const file = this.#files.get(path);
    if (!file) throw FileSystemError.FileNotFound(path);
    return file;
  }

  writeFile({ path }: Uri, content: Uint8Array): void {
    this.#files.set(path, content);
  }

  createDirectory(): void {
    // It is there once something is in it.
  }

  delete({ path }: Uri): void {
    this.#files.delete(path);
  }

  rename(from: Uri, to: Uri): void {
    this.writeFile(to, this.readFile(from));
    this.delete(from);
  }

  #below(path: string): string[] {
    const start = path.endsWith('/') ? path : `${path}/`;
    return [...this.#files.keys()].flatMap((name) =>
      name.startsWith(start) ? name.slice(start.length) : [],
    );
  }
}
