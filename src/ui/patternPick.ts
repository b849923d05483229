import { ThemeIcon, window, type QuickInputButton, type QuickPick } from 'vscode';
import { offerFor, type Candidate, type Offer } from '../index/candidates';
import type { KnownNames } from '../index/coverage';
import { buildResetMessage, type ResetList, type ResetRequest } from '../res/resetMessage';
import { DisposableStore } from '../util/disposable';
import { itemsOf, keyOf, patternsOf, type PatternItem } from './patternItems';

/** The order of the offer is ours; where VS Code does not know the property, it sorts by label itself. */
type UnsortedQuickPick = QuickPick<PatternItem> & { sortByLabel?: boolean };

const bothLists = ['resources', 'access'] as const satisfies readonly ResetList[];

/** Goes through the lists: resources, access, both. */
const switchButton: QuickInputButton = {
  iconPath: new ThemeIcon('arrow-swap'),
  tooltip: 'Switch between resources, access and both',
};

/**
 * Lets a person choose patterns from what is known, or type them, and shows the message that they make. Resolves to what
 * is to be reset; to none when called off.
 */
export function pickPatterns(
  known: KnownNames,
  list: ResetList,
  connection: string,
): Promise<ResetRequest | undefined> {
  return new Promise((resolve) => {
    const picker = new PatternPicker(known, [list], connection, (request) => {
      picker.dispose();
      resolve(request);
    });
    picker.show();
  });
}

class PatternPicker {
  readonly #known: KnownNames;
  readonly #connection: string;
  readonly #done: (request: ResetRequest | undefined) => void;
  readonly #store = new DisposableStore();
  readonly #pick: UnsortedQuickPick;
  readonly #chosen = new Map<string, PatternItem>();
  #lists: readonly ResetList[];
  #offer: Offer = { candidates: [], leftOut: 0 };
  #result: ResetRequest | undefined;

  constructor(
    known: KnownNames,
    lists: readonly ResetList[],
    connection: string,
    done: (request: ResetRequest | undefined) => void,
  ) {
    this.#known = known;
    this.#lists = lists;
    this.#connection = connection;
    this.#done = done;
    const pick: UnsortedQuickPick = this.#store.add(window.createQuickPick<PatternItem>());
    this.#pick = pick;
    // No longer, or the count of what is checked hides its end.
    pick.placeholder = 'A service, a pattern (library.>) or a name; Space checks several';
    pick.canSelectMany = true;
    pick.sortByLabel = false;
    pick.ignoreFocusOut = true;
    pick.buttons = [switchButton];
    const refresh = (): void => {
      this.#refresh(pick.activeItems[0]);
    };
    const { index, live } = known;
    for (const listening of [
      pick.onDidChangeValue(() => {
        this.#refresh();
      }),
      pick.onDidChangeActive(() => {
        this.#showMessage();
      }),
      pick.onDidChangeSelection((selected) => {
        this.#choose(selected);
      }),
      pick.onDidTriggerButton(() => {
        this.#switchLists();
      }),
      pick.onDidAccept(() => {
        this.#accept();
      }),
      pick.onDidHide(() => {
        this.#done(this.#result);
      }),
      index.onDidChange(refresh),
      ...(live ? [live.onDidChange(refresh)] : []),
    ]) {
      this.#store.add(listening);
    }
  }

  show(): void {
    this.#refresh();
    this.#pick.show();
  }

  dispose(): void {
    this.#store.dispose();
  }

  /** Shows what is offered for the text as it is; the active row stays the same one where it is given. */
  #refresh(stay?: PatternItem): void {
    const pick = this.#pick;
    this.#offer = offerFor(this.#known, pick.value);
    const items = itemsOf(this.#offer, pick.value, this.#chosen);
    const kept = stay && items.find((item) => item.candidate && keyOf(item) === keyOf(stay));
    const active = kept ?? items.find((item) => item.candidate && item.candidate === this.#offer.active);
    pick.items = items;
    pick.selectedItems = items.filter((item) => item.candidate && this.#chosen.has(keyOf(item)));
    pick.activeItems = active ? [active] : [];
    this.#showMessage();
  }

  #choose(selected: readonly PatternItem[]): void {
    const part = selected.find(({ candidate }) => candidate?.kind === 'part');
    if (part) {
      this.#goOn(part.candidate);
      return;
    }
    const shown = new Set(this.#pick.items.map(keyOf));
    for (const key of this.#chosen.keys()) if (shown.has(key)) this.#chosen.delete(key);
    for (const item of selected) if (item.candidate) this.#chosen.set(keyOf(item), item);
    this.#showMessage();
  }

  #accept(): void {
    // What was typed is no pattern: nothing is sent, not even what was chosen before.
    if (this.#offer.candidates.length === 0) return;
    const active = this.#pick.activeItems[0]?.candidate;
    if (this.#chosen.size === 0 && this.#goOn(active)) return;
    const request = this.#request();
    if (!buildResetMessage(request).ok) return;
    this.#result = request;
    this.#pick.hide();
  }

  /** Takes a part into the text; true if the candidate is one. */
  #goOn(candidate: Candidate | undefined): boolean {
    if (candidate?.kind !== 'part') return false;
    this.#pick.value = candidate.text;
    this.#refresh();
    return true;
  }

  #switchLists(): void {
    const [first] = this.#lists;
    this.#lists = this.#lists.length === 2 ? ['resources'] : first === 'resources' ? ['access'] : bothLists;
    this.#showMessage();
  }

  /** What Enter would send now. */
  #request(): ResetRequest {
    const items = this.#chosen.size > 0 ? [...this.#chosen.values()] : this.#pick.activeItems.slice(0, 1);
    const patterns = items.flatMap(({ candidate }) => patternsOf(candidate));
    return Object.fromEntries(this.#lists.map((list) => [list, patterns]));
  }

  #showMessage(): void {
    const built = this.#offer.candidates.length > 0 ? buildResetMessage(this.#request()) : undefined;
    const what = this.#lists.length === 2 ? 'resources and access' : (this.#lists[0] ?? '');
    const message = built?.ok ? ` — ${JSON.stringify(built.value)}` : '';
    this.#pick.title = `Reset ${what} on ${this.#connection}${message}`;
  }
}
