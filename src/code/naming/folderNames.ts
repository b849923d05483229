import { isSameSource, readServiceNames, type ServiceName } from '../index/serviceNames';
import { problemText } from '../../util/problem';

/** What the names of folders are read from. */
interface FolderNamesPorts {
  /** What the settings that count in a folder say; an empty one is no folder. */
  readonly settingOf: (folder: string) => unknown;
  readonly report: (problem: string) => void;
}

/** The names that count in each folder: those of the settings, and those that could not be written there. */
export class FolderNames {
  readonly #ports: FolderNamesPorts;
  readonly #read = new Map<string, readonly ServiceName[]>();
  /** Names that count in this window alone. */
  readonly #kept = new Map<string, readonly ServiceName[]>();
  readonly #reported = new Set<string>();

  constructor(ports: FolderNamesPorts) {
    this.#ports = ports;
  }

  of(folder: string): readonly ServiceName[] {
    const known = this.#read.get(folder);
    if (known) return known;
    const { names, problems } = readServiceNames(this.#ports.settingOf(folder));
    const all = [...names, ...(this.#kept.get(folder) ?? [])];
    this.#read.set(folder, all);
    for (const text of problems.map(problemText)) {
      if (this.#reported.has(text)) continue;
      this.#reported.add(text);
      this.#ports.report(text);
    }
    return all;
  }

  /** Lets a name count until the window closes, or the settings say another one. */
  keep(folder: string, entry: ServiceName): void {
    const others = (this.#kept.get(folder) ?? []).filter((kept) => !isSameSource(kept, entry));
    this.#kept.set(folder, [...others, entry]);
    this.#read.delete(folder);
  }

  /** The settings may say something else now; what is wrong with them is reported anew. */
  forget(): void {
    this.#read.clear();
    this.#reported.clear();
  }
}
