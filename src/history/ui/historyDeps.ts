import type { TreeView } from 'vscode';
import type { ConnectionStore } from '../../connections/store/connectionStore';
import type { Reports } from '../../resets/ui/reports';
import type { ResetFlow } from '../../resets/resetFlow';
import type { PersonTime } from '../../util/personTime';
import type { History } from '../history';
import type { HistoryNode } from './historyItems';
import type { HistoryTree } from './historyTree';

/** What the commands of the history work with. */
export interface HistoryDeps {
  readonly history: History;
  readonly tree: HistoryTree;
  readonly view: TreeView<HistoryNode>;
  readonly flow: ResetFlow;
  readonly connections: Pick<ConnectionStore, 'findByName'>;
  /** Where a reset on this connection, or on the one that is used without a name, goes to. */
  readonly placeOf: (connection: string | undefined) => string;
  readonly time: PersonTime;
  readonly reports: Reports;
}
