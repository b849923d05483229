import { commands, ThemeIcon, window, type QuickPick } from 'vscode';
import { contextKeys } from '../../shell/ids';
import type { ResetList, ResetRequest } from '../../res/resetMessage';
import { DisposableStore } from '../../util/disposable';
import { takeTexts } from '../../shell/lateTexts';
import * as l10n from '../../util/l10n';
import { PatternChoice, type PickerSources } from '../picker/patternChoice';
import { itemsOf, type PatternItem } from './patternItems';

/** The order of the offer is ours; where VS Code does not know the property, it sorts by label itself. */
type UnsortedQuickPick = QuickPick<PatternItem> & { sortByLabel?: boolean };

let open: PatternChoice | undefined;

function setOpen(choice: PatternChoice | undefined): void {
  open = choice;
  void commands.executeCommand('setContext', contextKeys.pickerIsOpen, choice !== undefined);
}

/** The picker that is open. */
export function openPicker(): PatternChoice | undefined {
  return open;
}

/**
 * Lets a person choose patterns from what is known, or type them, and shows the message that they make. `where` names the
 * connection and the server. Resolves to what is to be reset; to none when called off. It is a bundle of its own, with texts
 * of its own.
 */
export function pickPatterns(
  sources: PickerSources,
  list: ResetList,
  where: string,
): Promise<ResetRequest | undefined> {
  takeTexts();
  const store = new DisposableStore();
  const pick: UnsortedQuickPick = store.add(window.createQuickPick<PatternItem>());
  const buttons = {
    lists: {
      iconPath: new ThemeIcon('arrow-swap'),
      tooltip: l10n.t('Switch between resources, access and both'),
    },
    several: { iconPath: new ThemeIcon('checklist'), tooltip: l10n.t('Select several (Ctrl+Enter)') },
    one: { iconPath: new ThemeIcon('list-flat'), tooltip: l10n.t('Select one (Ctrl+Enter)') },
  };
  pick.placeholder = l10n.t('A service, a pattern (library.>) or a name; → completes a part');
  pick.sortByLabel = false;
  pick.ignoreFocusOut = true;
  pick.buttons = [buttons.several, buttons.lists];
  const choice = store.add(
    new PatternChoice(sources, list, where, {
      get text() {
        return pick.value;
      },
      set text(text) {
        pick.value = text;
      },
      get active() {
        return pick.activeItems[0]?.candidate;
      },
      showRows: ({ offer, chosen, active, isSeveral }) => {
        if (pick.canSelectMany !== isSeveral) {
          pick.canSelectMany = isSeveral;
          pick.buttons = [isSeveral ? buttons.one : buttons.several, buttons.lists];
        }
        const items = itemsOf(offer, pick.value, chosen);
        pick.items = items;
        const isChosen = new Set(chosen);
        if (isSeveral)
          pick.selectedItems = items.filter(({ candidate }) => candidate && isChosen.has(candidate));
        pick.activeItems = items.filter(({ candidate }) => candidate && candidate === active).slice(0, 1);
      },
      showTitle: (title) => {
        pick.title = title;
      },
    }),
  );
  return new Promise((resolve) => {
    let result: ResetRequest | undefined;
    const accept = async (): Promise<void> => {
      result = await choice.accept();
      if (result) pick.hide();
    };
    store.listen(pick.onDidChangeValue, () => {
      choice.refresh();
    });
    store.listen(pick.onDidChangeActive, () => {
      choice.showMessage();
    });
    store.listen(pick.onDidChangeSelection, (selected) => {
      if (choice.isSeveral) choice.tick(selected.map(({ candidate }) => candidate));
    });
    store.listen(pick.onDidTriggerButton, (button) => {
      if (button === buttons.lists) choice.switchLists();
      else choice.switchSeveral();
    });
    store.add(pick.onDidAccept(() => void accept()));
    store.listen(pick.onDidHide, () => {
      store.dispose();
      if (open === choice) setOpen(undefined);
      resolve(result);
    });
    setOpen(choice);
    pick.show();
  });
}
