import {
  CodeLens,
  EventEmitter,
  Range,
  languages,
  workspace,
  type CodeLensProvider,
  type TextDocument,
} from 'vscode';
import { handlerReset, serviceReset } from '../index/serviceReset';
import { coverageOf, previewText, type KnownNames } from '../index/coverage';
import type { ResetMessage } from '../res/resetMessage';
import type { Fact } from '../scanner/fact';
import { DisposableStore, type Disposable } from '../util/disposable';
import { internalCommands, settings } from './ids';
import { readBoolean } from './settings';

/** What the lenses need of the scan: the facts of a document as it is now. */
export interface CurrentFacts {
  /** File name endings that can hold service code, without the dot. */
  readonly extensions: readonly string[];
  /** Resolves to the facts of the document's newest text. */
  factsOf(document: TextDocument): Promise<readonly Fact[]>;
}

/** Shows a lens above each service and each handler; a click resets what it names. */
export function registerCodeLenses(deps: { known: KnownNames; scan: CurrentFacts }): Disposable {
  const store = new DisposableStore();
  const changed = store.add(new EventEmitter<void>());
  store.add(
    deps.known.index.onDidChange(() => {
      changed.fire();
    }),
  );
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
      const facts = await deps.scan.factsOf(document);
      if (token.isCancellationRequested) return undefined;
      return facts.flatMap((fact) => {
        if (fact.kind === 'service' && services) return serviceLens(fact, deps.known);
        if (fact.kind === 'handler' && handlers) return lens(fact, handlerReset(fact), deps.known);
        return [];
      });
    },
  };
  const pattern = `**/*.{${deps.scan.extensions.join(',')}}`;
  store.add(languages.registerCodeLensProvider({ pattern }, provider));
  return store;
}

function serviceLens(fact: Fact, known: KnownNames): CodeLens {
  const name = fact.service ?? '';
  const service = known.index.service(name) ?? { name, servesRoot: false, serves: new Set<never>() };
  return lens(fact, serviceReset(service), known);
}

function lens(fact: Fact, message: ResetMessage, known: KnownNames): CodeLens {
  const line = fact.line - 1;
  const list = message.resources ? '' : 'access ';
  return new CodeLens(new Range(line, fact.column - 1, line, fact.column - 1), {
    title: `$(refresh) Reset ${list}${fact.pattern}`,
    tooltip: `system.reset ${JSON.stringify(message)}\n${coverageText(message, known)}`,
    command: internalCommands.resetFromLens,
    arguments: [message],
  });
}

/** Which known resources the message reaches. */
function coverageText({ resources = [], access = [] }: ResetMessage, known: KnownNames): string {
  const coverage = coverageOf(known, [...new Set([...resources, ...access])]);
  return coverage.count === 0 ? 'Matches no known resource.' : `Matches ${previewText(coverage)}`;
}
