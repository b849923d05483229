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
import type { WorkspaceIndex } from '../index/workspaceIndex';
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
export function registerCodeLenses(deps: { index: WorkspaceIndex; scan: CurrentFacts }): Disposable {
  const store = new DisposableStore();
  const changed = store.add(new EventEmitter<void>());
  store.add(
    deps.index.onDidChange(() => {
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
        if (fact.kind === 'service' && services) return serviceLens(fact, deps.index);
        if (fact.kind === 'handler' && handlers)
          return lens(fact, fact.pattern, handlerReset(fact), 'handler');
        return [];
      });
    },
  };
  const pattern = `**/*.{${deps.scan.extensions.join(',')}}`;
  store.add(languages.registerCodeLensProvider({ pattern }, provider));
  return store;
}

function serviceLens(fact: Fact, index: WorkspaceIndex): CodeLens {
  const service = index.service(fact.service ?? '') ?? {
    name: fact.service ?? '',
    servesRoot: false,
    serves: new Set<never>(),
  };
  return lens(fact, fact.pattern, serviceReset(service), 'service');
}

function lens(fact: Fact, pattern: string, message: ResetMessage, what: 'service' | 'handler'): CodeLens {
  const line = fact.line - 1;
  const list = message.resources ? '' : 'access ';
  return new CodeLens(new Range(line, fact.column - 1, line, fact.column - 1), {
    title: `$(refresh) Reset ${list}${pattern}`,
    tooltip: `Publish system.reset for this ${what}:\n${JSON.stringify(message)}`,
    command: internalCommands.resetFromLens,
    arguments: [message],
  });
}
