import { CodeLens, EventEmitter, Range, commands, languages, type CodeLensProvider } from 'vscode';
import { handlerReset, serviceReset } from '../index/serviceReset';
import { coverageOf, previewText, type KnownNames } from '../index/coverage';
import type { ResetMessage } from '../../res/resetMessage';
import type { Fact } from '../scanner/facts/fact';
import { DisposableStore, type Disposable } from '../../util/disposable';
import type { Event } from '../../util/emitter';
import * as l10n from '../../util/l10n';
import { internalCommands } from '../../shell/ids';
import type { ResetFlow } from '../../resets/resetFlow';
import { shownUnnamed, unnamedText } from '../naming/unnamedText';
import type { Naming } from './serviceNames';
import { settings } from '../../shell/settings';
import type { WorkspaceWatcher } from '../watching/workspaceWatcher';

/** How long live names may be shown as they were, in milliseconds. */
const liveTime = 1000;

/** So many commands of lenses are kept: more than any editor shows. */
const maxCommands = 5000;

/** Where a lens sends to. */
interface LensTarget {
  /** The connection and the server; undefined while there is no connection. */
  place(): string | undefined;
  readonly onDidChange: Event<unknown>;
}

/** Shows a lens above each service and each handler; a click resets what it names. */
export function registerCodeLenses(deps: {
  known: KnownNames;
  watcher: Pick<WorkspaceWatcher, 'factsOf' | 'isWhole' | 'onDidBecomeWhole'>;
  /** File name endings that can hold service code, without the dot. */
  extensions: readonly string[];
  flow: ResetFlow;
  naming: Naming;
  target: LensTarget;
}): Disposable {
  const store = new DisposableStore();
  const lensCommands = store.add(new LensCommands());
  const changed = store.add(new EventEmitter<void>());
  store.listen(deps.target.onDidChange, () => {
    changed.fire();
  });
  store.listen(deps.known.index.onDidChange, () => {
    changed.fire();
  });
  store.listen(deps.watcher.onDidBecomeWhole, () => {
    changed.fire();
  });
  const { live } = deps.known;
  if (live) store.add(onLiveNames(live, changed));
  for (const setting of [settings.serviceLenses, settings.handlerLenses]) {
    store.listen(setting.onDidChange, () => {
      changed.fire();
    });
  }
  const provider: CodeLensProvider = {
    onDidChangeCodeLenses: changed.event,
    provideCodeLenses: async (document, token) => {
      const services = settings.serviceLenses.get(document.uri);
      const handlers = settings.handlerLenses.get(document.uri);
      if (!services && !handlers) return [];
      const facts = await deps.watcher.factsOf(document);
      if (token.isCancellationRequested) return undefined;
      const file = document.uri.fsPath;
      return facts.flatMap((fact) => {
        switch (fact.of ?? fact.kind) {
          case 'service':
            if (!services || !deps.watcher.isWhole) return [];
            return fact.of
              ? unnamedLens(file, fact, deps, lensCommands)
              : serviceLens(file, fact, deps, lensCommands);
          case 'handler':
            if (!handlers) return [];
            return fact.of
              ? unnamedLens(file, fact, deps, lensCommands)
              : lens(fact, handlerReset(fact), deps, lensCommands);
          case 'reference':
          case 'unresolved':
            return [];
        }
      });
    },
  };
  const pattern = `**/*.{${deps.extensions.join(',')}}`;
  // Files on disk alone: the older text of a file in a diff has the same path, and would count for the file itself.
  store.add(languages.registerCodeLensProvider({ scheme: 'file', pattern }, provider));
  return store;
}

/** Makes the tooltips follow the live names. Of those, many can come in a moment. */
function onLiveNames(live: NonNullable<KnownNames['live']>, changed: EventEmitter<void>): Disposable {
  let timer: NodeJS.Timeout | undefined;
  const listening = live.onDidChange(() => {
    timer ??= setTimeout(() => {
      timer = undefined;
      changed.fire();
    }, liveTime);
  });
  return {
    dispose: () => {
      clearTimeout(timer);
      listening.dispose();
    },
  };
}

interface LensParts {
  readonly known: KnownNames;
  readonly target: LensTarget;
  readonly flow: ResetFlow;
  readonly naming: Naming;
}

/** The lens above a service whose name is not known, or above one of its handlers: then it asks for the name first. */
function unnamedLens(
  file: string,
  fact: Fact,
  { known, naming }: LensParts,
  lensCommands: LensCommands,
): CodeLens[] {
  const found = known.index.unnamedAt(file, fact);
  if (!found) return [];
  const { folder, source, startedIn } = found;
  const service = { folder, source, startedIn };
  const why = unnamedText(source);
  const idFor = (subject: object, run: () => unknown): string =>
    lensCommands.idFor(internalCommands.nameFromLens, { file, ...service, ...subject }, run);
  if (fact.of === 'service')
    return [
      new CodeLens(rangeOf(fact), {
        title: `$(tag)\u00a0${l10n.t('Name this service…')}`,
        tooltip: why,
        command: idFor({}, () => naming.name(service, file)),
      }),
    ];
  const handler = { pattern: fact.pattern, ...(fact.serves && { serves: fact.serves }) };
  return [
    new CodeLens(rangeOf(fact), {
      title: resetTitle(handlerReset(handler), shownUnnamed(fact.pattern)),
      tooltip: `${why}\n${l10n.t('You are asked for the name first.')}`,
      command: idFor(handler, () => naming.reset(service, handler, 'codeLens', file)),
    }),
  ];
}

function serviceLens(file: string, fact: Fact, parts: LensParts, lensCommands: LensCommands): CodeLens {
  const name = fact.service ?? '';
  const service = parts.known.index.serviceAt(file, name) ?? {
    name,
    servesRoot: false,
    serves: new Set<never>(),
  };
  // A service is all below the first part, also where the code registers it with more of them.
  const shown = { ...fact, pattern: name === '' ? '>' : `${name}.>` };
  return lens(shown, serviceReset(service), parts, lensCommands);
}

function lens(
  fact: Fact,
  message: ResetMessage,
  { known, target, flow }: LensParts,
  lensCommands: LensCommands,
): CodeLens {
  const place = target.place();
  const where = place === undefined ? l10n.t('Connects first.') : l10n.t('Sent on {0}.', place);
  return new CodeLens(rangeOf(fact), {
    title: resetTitle(message, fact.pattern),
    tooltip: `system.reset ${JSON.stringify(message)}\n${coverageText(message, known)}\n${where}`,
    command: lensCommands.idFor(internalCommands.resetFromLens, message, () => flow.run(message, 'codeLens')),
  });
}

function rangeOf({ line, column }: Fact): Range {
  return new Range(line - 1, column - 1, line - 1, column - 1);
}

function resetTitle(message: ResetMessage, pattern: string): string {
  // A plain space behind the icon is not drawn.
  return `$(refresh)\u00a0${message.resources ? l10n.t('Reset {0}', pattern) : l10n.t('Reset access {0}', pattern)}`;
}

/** Which known resources the message reaches. */
function coverageText({ resources = [], access = [] }: ResetMessage, known: KnownNames): string {
  const coverage = coverageOf(known, [...new Set([...resources, ...access])]);
  return coverage.count === 0
    ? l10n.t('Matches no known resources.')
    : l10n.t('Matches {0}', previewText(coverage));
}

/**
 * A command of its own for each thing that a lens does. An argument would not do: VS Code forgets the arguments of a lens
 * when newer ones are asked for, while the old one can still be on the screen and be clicked.
 */
class LensCommands implements Disposable {
  readonly #known = new Map<string, Disposable>();

  /** The command that does something about a subject; for the same subject it stays the same. */
  idFor(command: string, subject: object, run: () => unknown): string {
    const id = `${command} ${JSON.stringify(subject)}`;
    const known = this.#known.get(id);
    // The one asked for last stands at the end: typing a pattern makes many that are never asked for again.
    this.#known.delete(id);
    this.#known.set(id, known ?? commands.registerCommand(id, run));
    for (const [oldest, registered] of this.#known) {
      if (this.#known.size <= maxCommands) break;
      registered.dispose();
      this.#known.delete(oldest);
    }
    return id;
  }

  dispose(): void {
    for (const registered of this.#known.values()) registered.dispose();
  }
}
