import { CodeLens, EventEmitter, Range, commands, languages, workspace, type CodeLensProvider } from 'vscode';
import { handlerReset, serviceReset } from '../index/serviceReset';
import { coverageOf, previewText, type KnownNames } from '../index/coverage';
import type { ResetMessage } from '../../res/resetMessage';
import type { Fact } from '../scanner/facts/fact';
import { DisposableStore, type Disposable } from '../../util/disposable';
import type { Event } from '../../util/emitter';
import * as l10n from '../../util/l10n';
import { internalCommands, settings } from '../../shell/ids';
import type { ResetFlow } from '../../resets/resetFlow';
import { readBoolean } from '../../shell/settings';
import type { WorkspaceWatcher } from '../watching/workspaceWatcher';

/** How long live names may be shown as they were, in milliseconds. */
const liveTime = 1000;

/** So many commands of lenses are kept: more than any editor shows. */
const mostCommands = 5000;

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
  target: LensTarget;
}): Disposable {
  const store = new DisposableStore();
  const lensCommands = store.add(new LensCommands(deps.flow));
  const changed = store.add(new EventEmitter<void>());
  store.add(
    deps.target.onDidChange(() => {
      changed.fire();
    }),
  );
  store.add(
    deps.known.index.onDidChange(() => {
      changed.fire();
    }),
  );
  store.add(
    deps.watcher.onDidBecomeWhole(() => {
      changed.fire();
    }),
  );
  const { live } = deps.known;
  if (live) store.add(onLiveNames(live, changed));
  store.add(
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('res.codeLens')) changed.fire();
    }),
  );
  const provider: CodeLensProvider = {
    onDidChangeCodeLenses: changed.event,
    provideCodeLenses: async (document, token) => {
      const services = readBoolean(settings.serviceLenses, document.uri);
      const handlers = readBoolean(settings.handlerLenses, document.uri);
      if (!services && !handlers) return [];
      const facts = await deps.watcher.factsOf(document);
      if (token.isCancellationRequested) return undefined;
      return facts.flatMap((fact) => {
        if (fact.kind === 'service' && services && deps.watcher.isWhole)
          return serviceLens(document.uri.fsPath, fact, deps, lensCommands);
        if (fact.kind === 'handler' && handlers) return lens(fact, handlerReset(fact), deps, lensCommands);
        return [];
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
}

function serviceLens(file: string, fact: Fact, parts: LensParts, lensCommands: LensCommands): CodeLens {
  const name = fact.service ?? '';
  const service = parts.known.index.serviceAt(file, name) ?? {
    name,
    servesRoot: false,
    serves: new Set<never>(),
  };
  return lens(fact, serviceReset(service), parts, lensCommands);
}

function lens(
  fact: Fact,
  message: ResetMessage,
  { known, target }: LensParts,
  lensCommands: LensCommands,
): CodeLens {
  const place = target.place();
  const where = place === undefined ? l10n.t('Connects first.') : l10n.t('Sent on {0}.', place);
  const line = fact.line - 1;
  return new CodeLens(new Range(line, fact.column - 1, line, fact.column - 1), {
    // A plain space behind the icon is not drawn.
    title: `$(refresh)\u00a0${message.resources ? l10n.t('Reset {0}', fact.pattern) : l10n.t('Reset access {0}', fact.pattern)}`,
    tooltip: `system.reset ${JSON.stringify(message)}\n${coverageText(message, known)}\n${where}`,
    command: lensCommands.idFor(message),
  });
}

/** Which known resources the message reaches. */
function coverageText({ resources = [], access = [] }: ResetMessage, known: KnownNames): string {
  const coverage = coverageOf(known, [...new Set([...resources, ...access])]);
  return coverage.count === 0
    ? l10n.t('Matches no known resources.')
    : l10n.t('Matches {0}', previewText(coverage));
}

/**
 * A command of its own for each message. An argument would not do: VS Code forgets the arguments of a lens when newer
 * ones are asked for, while the old one can still be on the screen and be clicked.
 */
class LensCommands implements Disposable {
  readonly #flow: ResetFlow;
  readonly #known = new Map<string, Disposable>();

  constructor(flow: ResetFlow) {
    this.#flow = flow;
  }

  idFor(message: ResetMessage): string {
    const id = `${internalCommands.resetFromLens} ${JSON.stringify(message)}`;
    const known = this.#known.get(id);
    // The one asked for last stands at the end: typing a pattern makes many that are never asked for again.
    this.#known.delete(id);
    this.#known.set(id, known ?? commands.registerCommand(id, () => this.#flow.run(message, 'codeLens')));
    for (const [oldest, registered] of this.#known) {
      if (this.#known.size <= mostCommands) break;
      registered.dispose();
      this.#known.delete(oldest);
    }
    return id;
  }

  dispose(): void {
    for (const registered of this.#known.values()) registered.dispose();
  }
}
