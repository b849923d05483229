import { InputBoxValidationSeverity, window, workspace, type QuickPickItem } from 'vscode';
import { buildResetMessage, resetSubject, type ResetMessage } from '../../res/resetMessage';
import { settings } from '../../shell/settings';
import * as l10n from '../../util/l10n';
import { problemText } from '../../util/problem';
import { joinList, splitList } from '../../util/typedList';
import { together } from '../gate';
import { proposeRules, type WrittenRule } from '../onSave/ruleProposals';
import { checkWritten, requestOf } from '../onSave/saveRule';
import type { AutomaticSwitch } from './automaticSwitch';
import type { RecoveryDeps } from './recoveryDeps';
import { servicesIn } from './saveFeature';

/** Writes a rule for the file in front of the person, with a preview of what it sends. */
export async function addSaveRule(
  { index, notifier }: RecoveryDeps,
  automatic: AutomaticSwitch,
): Promise<void> {
  const document = window.activeTextEditor?.document;
  const folder = document && workspace.getWorkspaceFolder(document.uri);
  if (!document || !folder) {
    void notifier.info(l10n.t('Open a file of the workspace first: the rule is for that file.'));
    return;
  }
  const path = workspace.asRelativePath(document.uri, false);
  const services = servicesIn(index, document.uri.fsPath);
  const { wild, concrete } = index.known();
  const served = [...wild, ...concrete].filter(({ handlers }) => handlers.length > 0);
  const preview = (rule: WrittenRule): string => previewText(messageOf(rule, path, services));
  const items: (QuickPickItem & { rule: WrittenRule })[] = proposeRules(path, {
    definesService: services.length > 0,
    patterns: served.map(({ pattern }) => pattern),
  }).map((rule) => ({
    label: rule.resources?.join(', ') ?? l10n.t('The service defined in this file'),
    description: rule.files,
    detail: preview(rule),
    rule,
  }));
  items.push({ label: l10n.t('Other patterns…'), description: path, rule: { files: path, resources: [] } });
  const chosen = await window.showQuickPick(items, {
    title: l10n.t('Reset on save of {0}', path),
    placeHolder: l10n.t('Choose what is reset when a matching file is saved'),
    matchOnDescription: true,
  });
  if (!chosen) return;
  const rule = chosen.rule.resources ? await askForPatterns(chosen.rule, path) : chosen.rule;
  if (!rule) return;
  const before = settings.resetOnSave.writtenIn(folder.uri);
  const rules = [...(Array.isArray(before) ? (before as unknown[]) : []), rule];
  const why = await settings.resetOnSave.writeIn(folder.uri, rules);
  if (why !== undefined) {
    void notifier.error({
      what: l10n.msg('The rule was not saved'),
      why,
      remedy: l10n.msg('Correct the settings file, then try again.'),
    });
    return;
  }
  automatic.offer(
    l10n.t('The rule was saved in the workspace’s settings. Automatic resets are off in this workspace.'),
  );
}

async function askForPatterns(rule: WrittenRule, path: string): Promise<WrittenRule | undefined> {
  const ruleOf = (typed: string): WrittenRule => ({ files: rule.files, resources: splitList(typed) });
  const typed = await window.showInputBox({
    title: l10n.t('Reset on save of {0}', rule.files),
    prompt: l10n.t('The patterns to reset, separated by spaces'),
    value: joinList(rule.resources ?? []),
    validateInput: (text) => {
      const patterns = splitList(text);
      const problem = patterns.map(checkWritten).find((one) => one !== undefined);
      if (patterns.length === 0) return l10n.t('Enter at least one pattern.');
      if (problem) return problemText(problem);
      const message = messageOf(ruleOf(text), path, []);
      return typeof message === 'string'
        ? message
        : { message: previewText(message), severity: InputBoxValidationSeverity.Info };
    },
  });
  return typed === undefined ? undefined : ruleOf(typed);
}

/** What the rule sends when the file is saved, or why it sends nothing. */
function messageOf(
  { files, resources = [], serviceInFile = false }: WrittenRule,
  path: string,
  services: readonly ResetMessage[],
): ResetMessage | string {
  const request = requestOf({ files, resources, access: [], serviceInFile }, path);
  if (!request) return l10n.t('The rule does not match this file.');
  if (!request.ok) return problemText(request.problem);
  const own = buildResetMessage(request.value);
  const message = together([...(own.ok ? [own.value] : []), ...(serviceInFile ? services : [])]);
  return message ?? (own.ok ? '' : problemText(own.problem));
}

function previewText(message: ResetMessage | string): string {
  return typeof message === 'string'
    ? message
    : l10n.t('Sends: {0}', `${resetSubject} ${JSON.stringify(message)}`);
}
