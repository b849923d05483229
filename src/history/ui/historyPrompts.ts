import {
  InputBoxValidationSeverity,
  QuickInputButtons,
  QuickPickItemKind,
  window,
  type QuickPickItem,
} from 'vscode';
import { DisposableStore } from '../../util/disposable';
import * as l10n from '../../util/l10n';
import type { PersonTime } from '../../util/personTime';
import type { TextStep } from '../commands/editMessage';
import { entryLabel, type HistoryEntry } from '../historyEntry';
import { groupEntries } from '../historyGroups';
import type { HistoryPrompts } from '../commands/prompts';
import { entryDescription } from './historyItems';

interface EntryItem extends QuickPickItem {
  /** None for a heading. */
  readonly entry?: HistoryEntry;
}

/** Asks in VS Code's own lists and boxes. */
export function historyPrompts(time: PersonTime): HistoryPrompts {
  return {
    chooseEntry: async (entries, title) => {
      const placeHolder = l10n.t('Choose a reset');
      const options = { title, placeHolder, matchOnDescription: true };
      return (await window.showQuickPick(itemsOf(entries, time), options))?.entry;
    },
    enterTexts: async (title, steps) => {
      const values = steps.map(({ value }) => value);
      for (let at = 0; ;) {
        const step = steps[at];
        if (!step) return values;
        const answer = await enterText(step, values, at, title);
        if (answer === 'cancelled') return undefined;
        at += answer === 'back' ? -1 : 1;
      }
    },
  };
}

/** The entries to pick from, by day. */
function itemsOf(entries: readonly HistoryEntry[], time: PersonTime): EntryItem[] {
  return groupEntries(entries, Date.now(), time).flatMap((group) => [
    { label: group.label, kind: QuickPickItemKind.Separator },
    ...group.entries.map((entry) => ({
      label: withoutIcons(entryLabel(entry)),
      description: withoutIcons(entryDescription(entry, time)),
      entry,
    })),
  ]);
}

/** Names can contain text that a quick pick would draw as an icon. */
function withoutIcons(text: string): string {
  return text.replaceAll('$(', '\\$(');
}

/** One input box; what is typed goes into `values`. */
function enterText(
  { what, prompt, hint }: TextStep,
  values: string[],
  at: number,
  title: string,
): Promise<'next' | 'back' | 'cancelled'> {
  return new Promise((resolve) => {
    const store = new DisposableStore();
    const box = store.add(window.createInputBox());
    let answer: 'next' | 'back' | 'cancelled' = 'cancelled';
    const end = (how: 'next' | 'back'): void => {
      answer = how;
      box.hide();
    };
    const check = (): boolean => {
      values[at] = box.value;
      const shown = hint(box.value, values);
      const { Error, Info } = InputBoxValidationSeverity;
      box.validationMessage = shown && { message: shown.text, severity: shown.isValid ? Info : Error };
      return shown?.isValid ?? true;
    };
    box.title = `${title}: ${what}`;
    box.prompt = prompt;
    box.step = at + 1;
    box.totalSteps = values.length;
    box.value = values[at] ?? '';
    box.ignoreFocusOut = true;
    if (at > 0) box.buttons = [QuickInputButtons.Back];
    store.add(box.onDidChangeValue(check));
    store.listen(box.onDidTriggerButton, () => {
      end('back');
    });
    store.listen(box.onDidAccept, () => {
      if (check()) end('next');
    });
    store.listen(box.onDidHide, () => {
      store.dispose();
      resolve(answer);
    });
    check();
    box.show();
  });
}
