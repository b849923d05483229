import { commands } from 'vscode';
import type { WorkspaceIndex } from '../index/workspaceIndex';
import type { ResetList, ResetMessage, ResetRequest } from '../res/resetMessage';
import { cancelled, type ResetOutcome } from '../reset/resetOutcome';
import { DisposableStore, type Disposable } from '../util/disposable';
import { commands as ids, internalCommands } from './ids';
import { pickPatterns } from './patternPick';
import type { ResetFlow } from './resetFlow';

/** “Reset resources” and “Reset access”, from the palette or with an argument, and the click on a lens. */
export function registerResetCommands(deps: { index: WorkspaceIndex; flow: ResetFlow }): Disposable {
  const { index, flow } = deps;

  const reset = async (list: ResetList, title: string, argument: unknown): Promise<ResetOutcome> => {
    if (argument !== undefined) return flow.run(requestOf(argument), 'api', connectionOf(argument));
    const connected = await flow.connect();
    if ('ended' in connected) return connected.ended;
    const { connection } = connected.bus;
    const patterns = await pickPatterns(index, `${title} on ${connection}`);
    return patterns ? flow.run({ [list]: patterns }, 'command', connection) : cancelled();
  };

  const store = new DisposableStore();
  store.add(
    commands.registerCommand(ids.resetResources, (argument?: unknown) =>
      reset('resources', 'Reset resources', argument),
    ),
  );
  store.add(
    commands.registerCommand(ids.resetAccess, (argument?: unknown) =>
      reset('access', 'Reset access', argument),
    ),
  );
  store.add(
    commands.registerCommand(internalCommands.resetFromLens, (message: ResetMessage) =>
      flow.run(message, 'codeLens'),
    ),
  );
  return store;
}

/** Whatever was passed: what is not a request of the right form is refused where the message is built. */
function requestOf(argument: unknown): ResetRequest {
  if (typeof argument !== 'object' || argument === null) return { resources: argument as string };
  const { resources, access } = argument as ResetRequest;
  return { ...(resources !== undefined && { resources }), ...(access !== undefined && { access }) };
}

function connectionOf(argument: unknown): string | undefined {
  if (typeof argument !== 'object' || argument === null || !('connection' in argument)) return undefined;
  return typeof argument.connection === 'string' ? argument.connection : undefined;
}
