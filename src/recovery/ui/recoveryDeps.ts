import type { Memento } from 'vscode';
import type { LiveNames } from '../../code/index/liveNames';
import type { WorkspaceIndex } from '../../code/index/workspaceIndex';
import type { ConnectionService } from '../../connections/connectionService';
import type { History } from '../../history/history';
import type { ConfirmRules } from '../../resets/askReasons';
import type { ResetStore } from '../../resets/recording';
import type { ResetFlow } from '../../resets/resetFlow';
import type { ResetService } from '../../resets/resetService';
import type { Logger } from '../../util/logger';
import type { Notifier } from '../../util/notifier';

/** What the features of this room are built on. */
export interface RecoveryDeps {
  /** What is kept for this workspace on this machine. */
  readonly memory: Memento;
  readonly connections: ConnectionService;
  readonly resets: Pick<ResetService, 'listener'>;
  readonly flow: ResetFlow;
  readonly rules: ConfirmRules;
  readonly history: History;
  readonly recording: ResetStore;
  readonly index: WorkspaceIndex;
  readonly live: LiveNames;
  readonly logger: Logger;
  readonly notifier: Notifier;
}

/** In the workspace's own memory of this machine: no file of the workspace can set it. */
export const automaticKey = 'res.automaticResets';

/** Whether the person wants automatic resets in this workspace; `undefined` where they never said anything about it. */
export function wantsAutomaticResets(memory: Memento): boolean | undefined {
  const value = memory.get<unknown>(automaticKey);
  return value === undefined ? undefined : value === true;
}

/** The tools for agents in the editor. */
export const toolNames = [
  'res_listResources',
  'res_connectionStatus',
  'res_resetHistory',
  'res_sendReset',
] as const;

export type ToolName = (typeof toolNames)[number];
