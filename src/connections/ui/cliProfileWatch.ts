import { unwatchFile, watchFile, type Stats } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { RelativePattern, Uri, workspace } from 'vscode';
import { cliFolder, readCliProfiles, type CliProfile, type CliProfiles } from '../contexts/cliContexts';
import { parseProtectedContexts, type ProtectedContexts } from '../contexts/protectedContexts';
import { DisposableStore, type Disposable } from '../../util/disposable';
import { Emitter } from '../../util/emitter';
import * as l10n from '../../util/l10n';
import type { Problem, Result } from '../../util/problem';
import type { StoredProfile } from './storedProfile';
import { settings } from '../../shell/ids';

/** A profile of the NATS CLI that can't be used, with the reason. */
export interface UnusableProfile {
  readonly name: string;
  readonly source: 'context' | 'environment';
  readonly problem: Problem;
}

/** How often it is looked whether a folder came or went, in milliseconds. */
const lookInterval = 2_000;

/** Follows the contexts of the NATS CLI in its folder. They are used in place: a change there counts here. */
export class CliProfileWatch implements Disposable {
  readonly #changed = new Emitter<undefined>();
  readonly #disposables = new DisposableStore();
  readonly #places = { env: process.env, home: homedir() };
  #found: CliProfiles = { contexts: [] };
  #asText = '';
  #reading: Promise<void> | undefined;

  readonly onDidChange = this.#changed.event;

  constructor() {
    const folder = cliFolder(this.#places);
    this.#follow(folder, 'context.txt');
    this.#follow(path.join(folder, 'context'), '*.json');
    this.#disposables.add(
      workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(`res.${settings.protectedContexts}`)) this.#changed.fire(undefined);
      }),
    );
    void this.reload();
  }

  /** The usable ones; the environment's comes last. */
  get profiles(): readonly StoredProfile[] {
    const marked = protectedContexts();
    return this.#all().flatMap(([source, context]) => {
      const { name, description, target, result } = context;
      if (!result.ok) return [];
      const profile = { ...result.value.profile, protected: marked.has(context) };
      const stored = { id: `${source}:${name}`, source, ...result.value, profile };
      return [
        {
          ...stored,
          ...(description === undefined ? {} : { description }),
          ...(target === undefined ? {} : { target }),
        },
      ];
    });
  }

  /** What is wrong with the CLI's files, and with the setting that protects contexts. */
  get problems(): readonly Problem[] {
    const { problem } = protectedContexts();
    return [...(this.#found.problems ?? []), ...(problem ? [problem] : [])];
  }

  /** Makes every reset by a context ask first, or no longer. */
  async protect({ profile: { name }, source }: StoredProfile, on: boolean): Promise<Result<undefined>> {
    const marked = protectedContexts();
    if (!marked.with) return { ok: false, problem: marked.problem };
    const [, base] = this.#all().find(([from, one]) => from === source && one.name === name) ?? [];
    if (!on && base?.basedOn !== undefined && marked.has({ name: base.basedOn })) {
      const what = l10n.t('"{0}" is based on the context "{1}", which is protected', name, base.basedOn);
      return { ok: false, problem: { what, remedy: l10n.t('Unprotect that context.') } };
    }
    const list = marked.with(name, on);
    await workspace.getConfiguration('res').update(settings.protectedContexts, list, true);
    return { ok: true, value: undefined };
  }

  /** Those that can't be used. */
  get unusable(): readonly UnusableProfile[] {
    return this.#all().flatMap(([source, { name, result }]) =>
      result.ok ? [] : [{ name, source, problem: result.problem }],
    );
  }

  /** The id of the context that the CLI itself would use. */
  get selectedId(): string | undefined {
    const { selected } = this.#found;
    return selected === undefined ? undefined : `context:${selected}`;
  }

  /** Reads everything anew; what is being read already is not good enough, it may be older than the call. */
  async reload(): Promise<void> {
    const previous = this.#reading;
    const reading = (async () => {
      await previous;
      const found = await readCliProfiles(this.#places);
      const asText = JSON.stringify(found);
      if (asText === this.#asText) return;
      this.#found = found;
      this.#asText = asText;
      this.#changed.fire(undefined);
    })();
    this.#reading = reading;
    await reading;
  }

  dispose(): void {
    this.#disposables.dispose();
    this.#changed.dispose();
  }

  /** Follows the files in a folder, whether or not it is there yet. */
  #follow(folder: string, files: string): void {
    let watcher = this.#watch(folder, files);
    // VS Code's watcher sees every edit, but nothing in a folder that was made after it.
    const look = (now: Stats, before: Stats): void => {
      if (now.ino !== before.ino || now.birthtimeMs !== before.birthtimeMs) {
        watcher.dispose();
        watcher = this.#watch(folder, files);
      }
      void this.reload();
    };
    watchFile(folder, { interval: lookInterval, persistent: false }, look);
    this.#disposables.add({
      dispose: () => {
        unwatchFile(folder, look);
        watcher.dispose();
      },
    });
  }

  #watch(folder: string, files: string): Disposable {
    const store = new DisposableStore();
    const watcher = store.add(
      workspace.createFileSystemWatcher(new RelativePattern(Uri.file(folder), files)),
    );
    for (const event of [watcher.onDidCreate, watcher.onDidChange, watcher.onDidDelete])
      store.add(event(() => void this.reload()));
    return store;
  }

  #all(): (readonly ['context' | 'environment', CliProfile])[] {
    const { contexts, environment } = this.#found;
    return [
      ...contexts.map((context) => ['context', context] as const),
      ...(environment ? [['environment', environment] as const] : []),
    ];
  }
}

function protectedContexts(): ProtectedContexts {
  return parseProtectedContexts(workspace.getConfiguration('res').get(settings.protectedContexts));
}
