import { commands } from 'vscode';
import { serviceReset } from '../index/serviceReset';
import type { ResetList, ResetRequest } from '../../res/resetMessage';
import { placeOf } from '../../resets/bus';
import { cancelled, type ResetOutcome } from '../../resets/resetOutcome';
import { DisposableStore, type Disposable } from '../../util/disposable';
import * as l10n from '../../util/l10n';
import type { Notifier } from '../../util/notifier';
import type { Problem, Result } from '../../util/problem';
import { commands as ids } from '../../shell/ids';
import { askTokenReset } from './tokenInput';
import type { PatternChoice, PickerSources } from '../picker/patternChoice';
import { chooseService } from '../naming/serviceChoice';
import { pickService } from './servicePick';
import type { Naming } from './serviceNames';
import type { ResetFlow } from '../../resets/resetFlow';

/** The reset commands, from the palette or with an argument. */
export function registerResetCommands(
  deps: PickerSources & { flow: ResetFlow; naming: Naming; notifier: Pick<Notifier, 'info'> },
): Disposable {
  const { known, flow, notifier } = deps;

  const reset = async (list: ResetList, argument: unknown): Promise<ResetOutcome> => {
    if (argument !== undefined) {
      const read = readArgument(argument);
      return read.ok ? flow.run(read.value.request, 'api', read.value.connection) : flow.refuse(read.problem);
    }
    const connected = await flow.connect();
    if ('ended' in connected) return connected.ended;
    const { bus } = connected;
    const { pickPatterns } = await import('./patternPick');
    const request = await pickPatterns(deps, list, placeOf(bus));
    return request ? flow.run(request, 'command', bus) : cancelled();
  };

  const resetService = async (): Promise<ResetOutcome> => {
    const connected = await flow.connect();
    if ('ended' in connected) return connected.ended;
    const { bus } = connected;
    const title = l10n.t('Reset service on {0}', placeOf(bus));
    const service = await chooseService({
      index: known.index,
      choose: (choices) => pickService(choices, notifier, title),
      name: (unnamed) => deps.naming.name(unnamed),
    });
    return service ? flow.run(serviceReset(service), 'command', bus) : cancelled();
  };

  const resetTokens = async (): Promise<ResetOutcome> => {
    const connected = await flow.connect();
    if ('ended' in connected) return connected.ended;
    const { bus } = connected;
    const message = await askTokenReset(l10n.t('Reset tokens on {0}', placeOf(bus)));
    return message ? flow.send(message, 'command', bus) : cancelled();
  };

  const store = new DisposableStore();
  // Keys that work in an open picker.
  const inPicker = async (act: (picker: PatternChoice) => void): Promise<void> => {
    const picker = (await import('./patternPick')).openPicker();
    if (picker) act(picker);
  };
  store.add(
    commands.registerCommand(ids.takePart, () =>
      inPicker((picker) => {
        picker.takePart();
      }),
    ),
  );
  store.add(
    commands.registerCommand(ids.selectSeveral, () =>
      inPicker((picker) => {
        picker.switchSeveral();
      }),
    ),
  );
  store.add(commands.registerCommand(ids.resetService, resetService));
  store.add(commands.registerCommand(ids.resetTokens, resetTokens));
  store.add(
    commands.registerCommand(ids.resetResources, (argument?: unknown) => reset('resources', argument)),
  );
  store.add(commands.registerCommand(ids.resetAccess, (argument?: unknown) => reset('access', argument)));
  return store;
}

/** The argument with its patterns unchecked, or the problem with its form. */
function readArgument(argument: unknown): Result<{ request: ResetRequest; connection?: string }> {
  const refuse = (why: l10n.Text): { ok: false; problem: Problem } => ({
    ok: false,
    problem: {
      what: l10n.msg('Nothing was sent'),
      why,
      remedy: l10n.msg('For example, pass { "resources": "library.>" }.'),
    },
  });
  if (typeof argument !== 'object' || argument === null || Array.isArray(argument))
    return refuse(l10n.msg('the argument must be an object'));
  // Lists of a wrong type are refused where the message is built.
  const { resources, access, connection } = argument as ResetRequest & { connection?: unknown };
  if (connection !== undefined && typeof connection !== 'string')
    return refuse(l10n.msg('“connection” must be a string'));
  return {
    ok: true,
    value: { request: { resources, access }, ...(connection !== undefined && { connection }) },
  };
}
