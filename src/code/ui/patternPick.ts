import { commands, window, type QuickPick } from 'vscode';
import { patternsOf, type Candidate, type Offer, type RecentReset } from '../index/candidates';
import type { KnownNames } from '../index/coverage';
import { Offers } from '../index/offers';
import { continuation } from '../index/continuation';
import { buildResetMessage, type ResetList, type ResetRequest } from '../../res/resetMessage';
import { DisposableStore, type Disposable } from '../../util/disposable';
import * as l10n from '../../util/l10n';
import { workInSlices, type SlicedWork } from '../../util/slicedWork';
import { commands as ids, contextKeys } from '../../shell/ids';
import { pickerButtons, pickerTitle } from './pickerTexts';
import { itemsOf, keyOf, type PatternItem } from './patternItems';

/** The order of the offer is ours; where VS Code does not know the property, it sorts by label itself. */
type UnsortedQuickPick = QuickPick<PatternItem> & { sortByLabel?: boolean };

const bothLists = ['resources', 'access'] as const satisfies readonly ResetList[];

/** How soon the rows follow names that are seen on the bus or in the code, in milliseconds. */
const followTime = 250;

/** What a picker chooses from. */
export interface PickerSources {
  readonly known: KnownNames;
  /** What was reset before, newest first. */
  readonly recent: () => readonly RecentReset[];
}

let open: PatternPicker | undefined;

function setOpen(picker: PatternPicker | undefined): void {
  open = picker;
  void commands.executeCommand('setContext', contextKeys.pickerIsOpen, picker !== undefined);
}

/** Registers the keys that work in an open picker. */
export function registerPickerKeys(): Disposable {
  const store = new DisposableStore();
  store.add(commands.registerCommand(ids.takePart, () => open?.takePart()));
  store.add(commands.registerCommand(ids.selectSeveral, () => open?.switchSeveral()));
  return store;
}

/**
 * Lets a person choose patterns from what is known, or type them, and shows the message that they make. `where` names the
 * connection and the server. Resolves to what is to be reset; to none when called off.
 */
export function pickPatterns(
  sources: PickerSources,
  list: ResetList,
  where: string,
): Promise<ResetRequest | undefined> {
  return new Promise((resolve) => {
    const picker = new PatternPicker(sources, [list], where, (request) => {
      picker.dispose();
      if (open === picker) setOpen(undefined);
      resolve(request);
    });
    setOpen(picker);
    picker.show();
  });
}

class PatternPicker {
  readonly #buttons = pickerButtons();
  readonly #where: string;
  readonly #done: (request: ResetRequest | undefined) => void;
  readonly #store = new DisposableStore();
  readonly #pick: UnsortedQuickPick;
  readonly #offers: Offers;
  readonly #chosen = new Map<string, PatternItem>();
  #lists: readonly ResetList[];
  #offer: Offer = { candidates: [], leftOut: 0 };
  #work: SlicedWork | undefined;
  #followTimer: NodeJS.Timeout | undefined;
  #result: ResetRequest | undefined;

  constructor(
    { known, recent }: PickerSources,
    lists: readonly ResetList[],
    where: string,
    done: (request: ResetRequest | undefined) => void,
  ) {
    this.#offers = new Offers(known, recent);
    this.#lists = lists;
    this.#where = where;
    this.#done = done;
    const pick: UnsortedQuickPick = this.#store.add(window.createQuickPick<PatternItem>());
    this.#pick = pick;
    pick.placeholder = l10n.t('A service, a pattern (library.>) or a name; → completes a part');
    pick.sortByLabel = false;
    pick.ignoreFocusOut = true;
    pick.buttons = [this.#buttons.several, this.#buttons.lists];
    const follow = (): void => {
      this.#follow();
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
        if (pick.canSelectMany) this.#choose(selected);
      }),
      pick.onDidTriggerButton((button) => {
        if (button === this.#buttons.lists) this.#switchLists();
        else this.switchSeveral();
      }),
      pick.onDidAccept(() => void this.#accept()),
      pick.onDidHide(() => {
        this.#done(this.#result);
      }),
      index.onDidChange(follow),
      ...(live ? [live.onDidChange(follow)] : []),
    ]) {
      this.#store.add(listening);
    }
  }

  show(): void {
    this.#refresh();
    this.#pick.show();
  }

  dispose(): void {
    this.#work?.cancel();
    clearTimeout(this.#followTimer);
    this.#store.dispose();
  }

  /** Continues the text by the next part of the active row. */
  takePart(): void {
    const text = continuation(this.#pick.value, this.#pick.activeItems[0]?.candidate);
    if (text === undefined) return;
    this.#pick.value = text;
    this.#refresh();
  }

  /** Changes between choosing one row and ticking several; keeps the text, the ticks and the active row. */
  switchSeveral(): void {
    const pick = this.#pick;
    const active = pick.activeItems[0];
    pick.canSelectMany = !pick.canSelectMany;
    const { one, several, lists } = this.#buttons;
    pick.buttons = [pick.canSelectMany ? one : several, lists];
    this.#render(active);
  }

  /** Makes an offer for the text as it is; the active row stays the same one where it is given. */
  #refresh(stay?: PatternItem): void {
    this.#work?.cancel();
    const typed = this.#pick.value;
    let isShown = false;
    const take = (offer: Offer): void => {
      this.#offer = offer;
      // Since the rows were shown, before they were counted, a person can have gone to another one.
      this.#render(isShown ? this.#pick.activeItems[0] : stay);
      isShown = true;
    };
    this.#work = workInSlices(this.#offers.offer(typed), { onStep: take, onDone: take });
  }

  /** What is known has changed; much can change in a moment. */
  #follow(): void {
    this.#offers.forget();
    this.#followTimer ??= setTimeout(() => {
      this.#followTimer = undefined;
      this.#refresh(this.#pick.activeItems[0]);
    }, followTime);
  }

  #render(stay?: PatternItem): void {
    const pick = this.#pick;
    const shownTicks = pick.canSelectMany ? this.#chosen : new Map<string, PatternItem>();
    const items = itemsOf(this.#offer, pick.value, shownTicks);
    const kept = stay && items.find((item) => item.candidate && keyOf(item) === keyOf(stay));
    const active = kept ?? items.find((item) => item.candidate && item.candidate === this.#offer.active);
    pick.items = items;
    if (pick.canSelectMany)
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

  async #accept(): Promise<void> {
    // Enter means what is offered for the text that was typed before it.
    await this.#work?.done;
    // What was typed is no pattern: nothing is sent, not even what was chosen before.
    if (this.#offer.candidates.length === 0) return;
    const active = this.#pick.activeItems[0]?.candidate;
    if (this.#ticked().length === 0 && this.#goOn(active)) return;
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

  #ticked(): readonly PatternItem[] {
    return this.#pick.canSelectMany ? [...this.#chosen.values()] : [];
  }

  /** What Enter would send now. */
  #request(): ResetRequest {
    const ticked = this.#ticked();
    const items = ticked.length > 0 ? ticked : this.#pick.activeItems.slice(0, 1);
    const patterns = items.flatMap(({ candidate }) => patternsOf(candidate));
    return Object.fromEntries(this.#lists.map((list) => [list, patterns]));
  }

  #showMessage(): void {
    const built = this.#offer.candidates.length > 0 ? buildResetMessage(this.#request()) : undefined;
    const message = built?.ok ? ` — ${JSON.stringify(built.value)}` : '';
    this.#pick.title = `${pickerTitle(this.#lists, this.#where)}${message}`;
  }
}
