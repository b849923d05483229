import { workspace, type TextDocument, type WorkspaceFolder } from 'vscode';
import { serviceReset } from '../../code/index/serviceReset';
import type { ResetMessage } from '../../res/resetMessage';
import { settings } from '../../shell/settings';
import { DisposableStore, type Disposable } from '../../util/disposable';
import * as l10n from '../../util/l10n';
import { problemText } from '../../util/problem';
import type { AutomaticResets } from '../gate';
import { scheduleOnClock } from '../gather';
import { matchesGlob } from '../onSave/glob';
import { passedText } from '../passedText';
import { SaveResets } from '../onSave/saveResets';
import { readSaveRules, type MarkedRule } from '../onSave/saveRule';
import type { AutomaticStatus } from './automaticStatus';
import type { AutomaticSwitch } from './automaticSwitch';
import type { RecoveryDeps } from './recoveryDeps';

/** Resets the patterns that rules of `res.resetOnSave` give for saved files. */
export function resetOnSave(
  { index, notifier }: RecoveryDeps,
  { gate, automatic, status }: { gate: AutomaticResets; automatic: AutomaticSwitch; status: AutomaticStatus },
): Disposable & { readonly saved: (document: TextDocument) => void } {
  const store = new DisposableStore();
  const reported = new Set<string>();
  const reportOnce = (text: string): void => {
    if (reported.has(text)) return;
    reported.add(text);
    void notifier.warn(text);
  };
  const mark = (key: string, marked: MarkedRule | undefined): void => {
    status.mark(key, marked);
    if (marked)
      reportOnce(
        l10n.t('Rule “{0}” in {1}: {2}', marked.rule, settings.resetOnSave.id, problemText(marked.problem)),
      );
  };
  const resets = new SaveResets({
    gate,
    schedule: scheduleOnClock,
    onMark: mark,
    onPassed: (summary, passed, connection) => {
      const text = passedText(summary, passed, connection);
      status.report(text);
      if (passed.kind === 'withheld' && passed.cause === 'otherConnection') reportOnce(text);
    },
  });

  const saved = (document: TextDocument): void => {
    const folder = workspace.getWorkspaceFolder(document.uri);
    if (!folder || !workspace.isTrusted) return;
    const { rules, marked } = rulesOf(folder);
    if (rules.length + marked.length === 0) return;
    const path = workspace.asRelativePath(document.uri, false);
    if (automatic.isUndecided) {
      if (rules.some((rule) => matchesGlob(rule.files, path)))
        automatic.offer(
          l10n.t(
            'A rule of this workspace resets resources when {0} is saved. Automatic resets are off.',
            path,
          ),
        );
      return;
    }
    if (!automatic.isOn) return;
    for (const one of marked) mark(one.rule, one);
    resets.saved({ path, rules, services: () => servicesIn(index, document.uri.fsPath) });
  };

  store.listen(settings.resetOnSave.onDidChange, () => {
    // The rules are others now, and what is wrong with them is reported anew.
    reported.clear();
    status.unmark();
  });
  store.listen(automatic.onDidChange, (isOn) => {
    if (!isOn) resets.stop();
  });
  return {
    saved,
    dispose: () => {
      resets.stop();
      store.dispose();
    },
  };
}

/** The rules that count for the files of a folder. */
export function rulesOf(folder: WorkspaceFolder): ReturnType<typeof readSaveRules> {
  return readSaveRules(settings.resetOnSave.get(folder.uri));
}

/** What resets each service that a file defines. */
export function servicesIn(index: RecoveryDeps['index'], file: string): ResetMessage[] {
  const names = index
    .factsOf(file)
    .flatMap(({ kind, service = '' }) => (kind === 'service' ? [service] : []));
  return [...new Set(names)].flatMap((name) => index.service(name) ?? []).map(serviceReset);
}
