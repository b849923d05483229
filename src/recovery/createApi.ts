import type { WorkspaceIndex } from '../code/index/workspaceIndex';
import type { ConnectionService } from '../connections/connectionService';
import type { ResetRequest } from '../res/resetMessage';
import { outcomeOf, type ResetOutcome } from '../resets/resetOutcome';
import { isSettled, type Origin } from '../resets/resetRecord';
import type { ResetService } from '../resets/resetService';
import type { ResApi, ResConnection } from './extensionApi';

/** What the interface for other extensions is made of. */
interface ApiParts {
  readonly connections: Pick<ConnectionService, 'state' | 'bus' | 'onDidChange'>;
  readonly resets: Pick<ResetService, 'onDidChange'>;
  readonly index: WorkspaceIndex;
  readonly flow: {
    run: (request: ResetRequest, origin: Origin, connection?: string) => Promise<ResetOutcome>;
  };
}

/** The interface for other extensions. */
export function createApi({ connections, resets, index, flow }: ApiParts): ResApi {
  const connection = (): ResConnection => {
    const { state } = connections;
    return {
      state: state.kind,
      ...(state.profile !== undefined && { name: state.profile }),
      isProtected: connections.bus()?.isProtected ?? false,
    };
  };
  return {
    version: 1,
    reset: ({ resources, access, connection: name }) =>
      flow.run({ ...(resources && { resources }), ...(access && { access }) }, 'api', name),
    onDidReset: (listener) =>
      resets.onDidChange((record) => {
        if (isSettled(record.state)) listener(outcomeOf(record));
      }),
    facts: () =>
      [...index.files()].flatMap((file) =>
        index.factsOf(file).map(({ kind, pattern, service, line, column }) => ({
          kind,
          pattern,
          ...(service !== undefined && { service }),
          file,
          line,
          column,
        })),
      ),
    onDidChangeFacts: index.onDidChange,
    get connection() {
      return connection();
    },
    onDidChangeConnection: (listener) =>
      connections.onDidChange(() => {
        listener(connection());
      }),
  };
}
