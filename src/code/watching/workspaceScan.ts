import type { Logger } from '../../util/logger';
import type { Change, ScanPart, ScanRequest, ScannerClient } from '../scanner/client/client';
import type { IndexFeed } from './indexFeed';
import type { KnownFiles } from './knownFiles';

/** More new files than this are looked for all together: each look costs a search. */
const maxLooks = 8;

/** Finds the files that may be scanned, without those that settings or ignore files leave out. */
export interface FileFinder {
  /** What a scan of all folders is about. */
  request(): Promise<ScanRequest>;
  /** All files of all folders, as absolute paths. */
  all(): Promise<string[]>;
  /** What there is to scan at a path that was created or changed: the file itself, or the files in the folder. */
  at(file: string): Promise<string[]>;
  exists(file: string): Promise<boolean>;
  /** Resolves when it is known which files are left out; until then none is. */
  ready(): Promise<void>;
  /** Whether settings or ignore files leave a file out of each folder that it is in. */
  isLeftOut(file: string): boolean;
  /** Settings or ignore files may have changed. */
  forgetRules(): void;
}

/** Shows how far something has come that takes long. */
export interface Progress {
  report(share: number): void;
  end(): void;
}

/** What a scan of the workspace is built on. */
export interface ScanPorts {
  readonly scanner: Pick<ScannerClient, 'scan'>;
  readonly files: FileFinder;
  readonly known: KnownFiles;
  readonly feed: IndexFeed;
  readonly logger: Logger;
  /** Where what a scan found is kept for the next start. */
  readonly cacheFile?: string | undefined;
  readonly showProgress: () => Progress;
  /** The texts that a person looks at, as far as the scanner does not have them: they come first. */
  readonly takeVisible: () => Change[];
  /** Called when all of the workspace is known, as far as it can be. */
  readonly onWhole: () => void;
}

/** Scans every folder of the workspace; a later scan makes an earlier one stop. */
export class WorkspaceScan {
  readonly #ports: ScanPorts;
  /** Ends the scan that is under way. */
  #current = new AbortController();

  constructor(ports: ScanPorts) {
    this.#ports = ports;
  }

  /** A fresh scan uses nothing that was kept. Never rejects. */
  async run({ isFresh = false } = {}): Promise<void> {
    const { files, feed, logger, showProgress, onWhole } = this.#ports;
    this.stop();
    const { signal } = (this.#current = new AbortController());
    const isStopped = (): boolean => signal.aborted;
    const progress = showProgress();
    const scan = (request: ScanRequest): Promise<void> => this.#scan(request, isFresh, signal, progress);
    try {
      const request = await files.request();
      if (isStopped()) return;
      try {
        await scan(request);
      } catch (error) {
        if ('files' in request || isStopped()) throw error;
        feed.logFailure(error);
        logger.info("The workspace is scanned without the editor's ripgrep");
        await scan({ files: await files.all() });
      }
    } catch (error) {
      feed.logFailure(error);
    } finally {
      progress.end();
      if (!isStopped()) onWhole();
    }
  }

  stop(): void {
    this.#current.abort();
  }

  async #scan(
    request: ScanRequest,
    isFresh: boolean,
    signal: AbortSignal,
    progress: Progress,
  ): Promise<void> {
    const { scanner, known, feed, cacheFile, takeVisible, onWhole } = this.#ports;
    const gone = new Set(known.onDisk);
    known.reported.clear();
    let open = takeVisible();
    const onPart = ({ listed = [], results, share, isWhole = false }: ScanPart): void => {
      open = [];
      // Those of a scan that was called off count too: the scanner reports each change once.
      feed.take(results);
      if (signal.aborted) return;
      if (isWhole) onWhole();
      for (const file of listed) {
        gone.delete(file);
        known.reported.delete(file);
        known.onDisk.add(file);
      }
      progress.report(share);
    };
    try {
      await scanner.scan({ ...request, open, cacheFile, isFresh }, onPart, signal);
    } finally {
      // What did not get there is sent again when it is asked for.
      for (const { file } of open) known.open.delete(file);
    }
    if (signal.aborted) return;
    for (const file of gone) if (!known.reported.has(file)) known.onDisk.delete(file);
    await this.#lookAgain([...known.reported]);
  }

  /** Forgets files that were reported while a scan went on that did not list them, unless they are to be scanned. */
  async #lookAgain(reported: readonly string[]): Promise<void> {
    const { files, known, feed } = this.#ports;
    const isFound = new Set(await findAt(files, reported));
    const lost = reported.filter((file) => !isFound.has(file));
    for (const file of lost) known.onDisk.delete(file);
    await feed.apply(lost.filter((file) => !known.open.has(file)).map((file) => ({ file, removed: true })));
  }
}

/** What there is to scan at these paths. Many are cheaper found together, among all that there is. */
export async function findAt(files: FileFinder, paths: readonly string[]): Promise<string[]> {
  return paths.length > maxLooks
    ? files.all()
    : (await Promise.all(paths.map((file) => files.at(file)))).flat();
}
