import { commands, type TextDocument } from 'vscode';
import path from 'node:path';
import { rm } from 'node:fs/promises';
import { extensionLog } from './editorData';
import { lensesOf, openSource, testFolder, writeSource } from './lensView';
import { until } from './until';

/**
 * Shows which source files the index holds, with nothing but lenses: an open file serves a call of each of many
 * services, and the lens above a service resets access only once another file that answers access is known.
 */
export class IndexProbe {
  readonly #document: TextDocument;

  private constructor(document: TextDocument) {
    this.#document = document;
  }

  /** Opens the probe for services of these names. */
  static async open(...names: readonly string[]): Promise<IndexProbe> {
    const calls = names.map((name) => `nc.subscribe('call.${name}.probe.try');`);
    await writeSource(
      'probe.js',
      ["import { connect } from 'nats';", 'const nc = await connect();', ...calls].join('\n'),
    );
    return new IndexProbe(await openSource('probe.js'));
  }

  /** The names of the services of which a source is known. */
  async known(): Promise<string[]> {
    const lenses = await lensesOf(this.#document);
    return lenses.flatMap(({ title, message }) => {
      const name = /^Reset (\w+)\.>$/.exec(title)?.[1];
      return name !== undefined && (message as { access?: unknown }).access !== undefined ? [name] : [];
    });
  }

  /** Resolves when these are known, and not the others of the probe. */
  async untilKnown(...names: readonly string[]): Promise<void> {
    let known: string[] = [];
    let log = '';
    const wanted = [...names].sort().join();
    await until(
      async () => {
        known = await this.known();
        if (known.sort().join() === wanted) return true;
        log = (await extensionLog()).slice(-1500);
        return undefined;
      },
      () => `${wanted} in the index; it holds ${known.join()}\n${log}`,
      15_000,
    );
  }

  /** Closes the probe and removes it. */
  async close(): Promise<void> {
    await commands.executeCommand('workbench.action.closeAllEditors');
    await rm(path.join(testFolder(), 'probe.js'), { force: true });
  }
}

/** Source code that answers access for a service of that name. */
export function sourceOf(name: string): string {
  return `import { connect } from 'nats';\nconst nc = await connect();\nnc.subscribe('access.${name}.>');\n`;
}
