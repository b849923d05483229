import type { Memento } from 'vscode';
import type { LiveNames } from '../../code/index/liveNames';
import type { WorkspaceIndex } from '../../code/index/workspaceIndex';
import type { ConnectionService } from '../../connections/connectionService';
import type { History } from '../../history/history';
import type { ConfirmRules } from '../../resets/askReasons';
import type { ResetFlow } from '../../resets/resetFlow';
import type { Logger } from '../../util/logger';

/** What the features of this room are built on. */
export interface RecoveryDeps {
  /** What is kept for this workspace on this machine. */
  readonly memory: Memento;
  readonly connections: ConnectionService;
  readonly flow: ResetFlow;
  readonly rules: ConfirmRules;
  readonly history: History;
  readonly index: WorkspaceIndex;
  readonly live: LiveNames;
  readonly logger: Logger;
}
