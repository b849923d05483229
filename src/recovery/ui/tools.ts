import * as vscode from 'vscode';
import { buildResetMessage, resetSubject, type ResetRequest } from '../../res/resetMessage';
import { placeOf, type Bus } from '../../resets/bus';
import type { ResetOutcome } from '../../resets/resetOutcome';
import * as l10n from '../../util/l10n';
import { problemText } from '../../util/problem';
import { listHistory, listResources } from '../toolAnswers';
import type { RecoveryDeps, ToolName } from './recoveryDeps';

/** So many confirmations are remembered. */
const maxConfirmed = 20;

/** What the tools that only read are given. */
interface ReadInput {
  readonly pattern?: string;
  readonly offset?: number;
  readonly limit?: number;
}

/** The tools for agents in the editor. */
export function createTools(
  deps: RecoveryDeps,
): Readonly<Record<ToolName, vscode.LanguageModelTool<object>>> {
  const { connections, index, history } = deps;
  const read = (answer: (input: ReadInput) => unknown): vscode.LanguageModelTool<ReadInput> => ({
    invoke: ({ input }) => result(answer(input)),
  });
  return {
    res_listResources: read((input) => listResources(index, input)),
    res_connectionStatus: read(() => {
      const bus = connections.bus();
      return {
        state: connections.state.kind,
        ...(bus && { connection: bus.connection, server: bus.server, isProtected: bus.isProtected }),
      };
    }),
    res_resetHistory: read(({ limit }) => ({ resets: listHistory(history.entries(), limit) })),
    res_sendReset: new SendResetTool(deps),
  };
}

/** Sends on the open connection what the person saw in the confirmation, and nothing else. */
class SendResetTool implements vscode.LanguageModelTool<ResetRequest> {
  readonly #deps: RecoveryDeps;
  /** Where the latest requests were said to go to. */
  readonly #confirmed = new Map<string, Bus>();

  constructor(deps: RecoveryDeps) {
    this.#deps = deps;
  }

  prepareInvocation({
    input,
  }: vscode.LanguageModelToolInvocationPrepareOptions<ResetRequest>): vscode.PreparedToolInvocation {
    const built = buildResetMessage(input);
    const bus = this.#bus();
    if (!built.ok || !bus) return { invocationMessage: l10n.t('Checking the reset') };
    // Of what was declined nothing is heard any more.
    const [oldest] = this.#confirmed.keys();
    if (oldest !== undefined && this.#confirmed.size >= maxConfirmed) this.#confirmed.delete(oldest);
    this.#confirmed.set(JSON.stringify(input), bus);
    const place = placeOf(bus);
    const message = `${resetSubject} ${JSON.stringify(built.value)}`;
    return {
      invocationMessage: l10n.t('Sending a reset to {0}', place),
      confirmationMessages: {
        title: l10n.t('Send a reset on {0}?', place),
        message: new vscode.MarkdownString().appendCodeblock(message, 'text'),
      },
    };
  }

  async invoke({
    input,
  }: vscode.LanguageModelToolInvocationOptions<ResetRequest>): Promise<vscode.LanguageModelToolResult> {
    const { resources, access } = input;
    const key = JSON.stringify(input);
    const confirmed = this.#confirmed.get(key);
    this.#confirmed.delete(key);
    const bus = this.#bus();
    const refuse = (reason: string): vscode.LanguageModelToolResult => {
      const outcome: ResetOutcome = { state: 'failed', message: {}, reason };
      return result(outcome);
    };
    const built = buildResetMessage({ ...(resources && { resources }), ...(access && { access }) });
    if (!built.ok) return result({ state: 'rejected', message: {}, reason: problemText(built.problem) });
    if (!bus)
      return refuse(l10n.t('Nothing was sent: there is no open connection. A person has to connect first.'));
    if (confirmed !== bus)
      return refuse(l10n.t('Nothing was sent: the open connection is not the one that was confirmed.'));
    // Where the connection is protected or the reset reaches far, a dialog asks: chat can confirm by itself.
    return result(await this.#deps.flow.send(built.value, 'tool', bus));
  }

  #bus(): Bus | undefined {
    return this.#deps.connections.openBus;
  }
}

function result(data: unknown): vscode.LanguageModelToolResult {
  return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(JSON.stringify(data))]);
}
