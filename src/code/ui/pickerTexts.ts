import { ThemeIcon, type QuickInputButton } from 'vscode';
import type { ResetList } from '../../res/resetMessage';
import * as l10n from '../../util/l10n';

/** The buttons of the pattern picker. */
interface PickerButtons {
  /** Goes through the lists: resources, access, both. */
  readonly lists: QuickInputButton;
  readonly several: QuickInputButton;
  readonly one: QuickInputButton;
}

export function pickerButtons(): PickerButtons {
  return {
    lists: {
      iconPath: new ThemeIcon('arrow-swap'),
      tooltip: l10n.t('Switch between resources, access and both'),
    },
    several: { iconPath: new ThemeIcon('checklist'), tooltip: l10n.t('Select several (Ctrl+Enter)') },
    one: { iconPath: new ThemeIcon('list-flat'), tooltip: l10n.t('Select one (Ctrl+Enter)') },
  };
}

/** What the picker's choice resets, and where. */
export function pickerTitle(lists: readonly ResetList[], where: string): string {
  if (lists.length === 2) return l10n.t('Reset resources and access on {0}', where);
  return lists[0] === 'access'
    ? l10n.t('Reset access on {0}', where)
    : l10n.t('Reset resources on {0}', where);
}
