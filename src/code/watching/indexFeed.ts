import type { Logger } from '../../util/logger';
import { reasonOf } from '../../util/problem';
import type { WorkspaceIndex } from '../index/workspaceIndex';
import type { Change, FileResult, ScannerClient } from '../scanner/client/client';

/** Hands changes to the scanner, one request after the other, and its answers to the index. */
export class IndexFeed {
  readonly #scanner: Pick<ScannerClient, 'apply'>;
  readonly #index: Pick<WorkspaceIndex, 'update'>;
  readonly #logger: Logger;
  #work: Promise<void> = Promise.resolve();

  constructor(scanner: Pick<ScannerClient, 'apply'>, index: Pick<WorkspaceIndex, 'update'>, logger: Logger) {
    this.#scanner = scanner;
    this.#index = index;
    this.#logger = logger;
  }

  /** Resolves when the index holds what follows from these changes, and from all before them. Never rejects. */
  apply(changes: readonly Change[]): Promise<void> {
    if (changes.length === 0) return this.#work;
    this.#work = this.#work.then(async () => {
      try {
        this.take(await this.#scanner.apply(changes));
      } catch (error) {
        this.logFailure(error);
      }
    });
    return this.#work;
  }

  take(results: readonly FileResult[]): void {
    for (const { file, notes } of results)
      for (const note of notes ?? []) this.#logger.info(`${file}: ${note}`);
    this.#index.update(results);
  }

  logFailure(error: unknown): void {
    this.#logger.error(`Scanning failed: ${reasonOf(error)}`);
  }
}
