import { formatLine } from '../../../../src/history/log/historyLog';
import type { HistoryStorage, Orphan, OthersPiece } from '../../../../src/history/log/historyStorage';

/** What a process that has crashed gets from its storage: nothing ever again. */
const never = new Promise<never>(() => undefined);

/** A folder in memory, in which a process can crash at any byte that it writes. */
export class CrashableFolder {
  readonly files = new Map<string, Buffer>();
  readonly running = new Set<string>();

  /** Opens the folder for a process; it crashes when it has written so many bytes. */
  open(process: string, bytesUntilCrash = Infinity): CrashableStorage {
    this.running.add(process);
    return new CrashableStorage(this, process, bytesUntilCrash);
  }
}

/** Like `FileHistoryStorage`: appends can be cut off, replacing is all or nothing, whole steps can be left out. */
export class CrashableStorage implements HistoryStorage {
  readonly #folder: CrashableFolder;
  readonly #process: string;
  readonly #readUpTo = new Map<string, { of: Buffer; bytes: number }>();
  #bytesLeft: number;
  /** Resolves when the process has crashed. */
  readonly crashed: Promise<void>;
  #crash: () => void = () => undefined;

  constructor(folder: CrashableFolder, process: string, bytesUntilCrash: number) {
    this.#folder = folder;
    this.#process = process;
    this.#bytesLeft = bytesUntilCrash;
    this.crashed = new Promise((resolve) => {
      this.#crash = resolve;
    });
  }

  async append(text: string): Promise<void> {
    const before = this.#folder.files.get(this.#process) ?? Buffer.alloc(0);
    const bytes = Buffer.from(before.length === 0 ? formatLine + text : text);
    const written = this.#spend(bytes.length);
    this.#folder.files.set(this.#process, Buffer.concat([before, bytes.subarray(0, written)]));
    if (written < bytes.length) await never;
  }

  async sync(): Promise<void> {
    if (!this.#folder.running.has(this.#process)) await never;
  }

  async replace(pieces: Iterable<string>): Promise<void> {
    const bytes = Buffer.from(formatLine + [...pieces].join(''));
    if (this.#spend(bytes.length + 1) <= bytes.length) await never;
    this.#folder.files.set(this.#process, bytes);
  }

  async *readOthers(): AsyncGenerator<OthersPiece> {
    for (const [name, file] of [...this.#folder.files]) {
      if (name === this.#process) continue;
      const known = this.#readUpTo.get(name);
      const isSame = known?.of.equals(file.subarray(0, known.of.length)) ?? false;
      const end = file.lastIndexOf('\n') + 1;
      // Others can do something meanwhile.
      const text = await Promise.resolve(file.subarray(isSame ? known?.bytes : 0, end).toString());
      yield { kind: 'text', name, isStart: !isSame, text };
      this.#readUpTo.set(name, { of: file, bytes: end });
    }
  }

  async takeOver(): Promise<readonly Orphan[]> {
    const claimed: Orphan[] = [];
    for (const [name, file] of [...this.#folder.files]) {
      const owner = name.split(' ')[0] ?? '';
      if (this.#folder.running.has(owner)) continue;
      if (this.#spend(1) < 1) await never;
      const mine = `${this.#process} claimed ${name}`;
      this.#folder.files.delete(name);
      this.#folder.files.set(mine, file);
      claimed.push({ name: mine });
    }
    return claimed;
  }

  async *read(name: string): AsyncGenerator<string> {
    yield await Promise.resolve(this.#folder.files.get(name)?.toString() ?? '');
  }

  async discard(name: string): Promise<void> {
    if (this.#spend(1) < 1) await never;
    this.#folder.files.delete(name);
  }

  async setAside(name: string): Promise<string> {
    await this.discard(name);
    return name;
  }

  /** How many of so many bytes can be written before the crash. */
  #spend(bytes: number): number {
    const spent = Math.min(bytes, this.#bytesLeft);
    this.#bytesLeft -= spent;
    if (spent < bytes) {
      this.#folder.running.delete(this.#process);
      this.#crash();
    }
    return spent;
  }
}
