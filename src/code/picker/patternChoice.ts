import { buildResetMessage, type ResetList, type ResetRequest } from '../../res/resetMessage';
import { DisposableStore, type Disposable } from '../../util/disposable';
import * as l10n from '../../util/l10n';
import { workInSlices, type SlicedWork } from './slicedWork';
import { patternsOf, type Candidate, type Offer, type RecentReset } from '../index/candidates';
import type { KnownNames } from '../index/coverage';
import { Offers } from '../index/offers';

/** How soon the rows follow names that are seen on the bus or in the code, in milliseconds. */
const followMs = 250;

const bothLists = ['resources', 'access'] as const satisfies readonly ResetList[];

/** What a picker chooses from. */
export interface PickerSources {
  readonly known: KnownNames;
  /** What was reset before, newest first. */
  readonly recent: () => readonly RecentReset[];
}

/** What a picker shows. */
export interface PickerRows {
  readonly offer: Offer;
  /** What was ticked; it stands before the offer. */
  readonly chosen: readonly Candidate[];
  readonly active: Candidate | undefined;
  /** Whether several rows can be ticked. */
  readonly isSeveral: boolean;
}

/** The list in front of the person. */
interface PickerView {
  text: string;
  /** The row that a key would take. */
  readonly active: Candidate | undefined;
  showRows(rows: PickerRows): void;
  showTitle(title: string): void;
}

/** A choice of patterns, known or typed: which are offered, which are ticked, and what Enter sends. */
export class PatternChoice implements Disposable {
  readonly #view: PickerView;
  readonly #where: string;
  readonly #offers: Offers;
  readonly #store = new DisposableStore();
  readonly #chosen = new Map<string, Candidate>();
  #isSeveral = false;
  #lists: readonly ResetList[];
  #offer: Offer = { candidates: [], leftOut: 0 };
  #work: SlicedWork | undefined;
  #followTimer: NodeJS.Timeout | undefined;

  /** `where` names the connection and the server. */
  constructor({ known, recent }: PickerSources, list: ResetList, where: string, view: PickerView) {
    this.#offers = new Offers(known, recent);
    this.#lists = [list];
    this.#where = where;
    this.#view = view;
    const follow = (): void => {
      this.#follow();
    };
    this.#store.add(known.index.onDidChange(follow));
    if (known.live) this.#store.add(known.live.onDidChange(follow));
    this.refresh();
  }

  get isSeveral(): boolean {
    return this.#isSeveral;
  }

  /** Makes an offer for the text as it is; the active row stays the same one where it is given. */
  refresh(stay?: Candidate): void {
    this.#work?.cancel();
    let isShown = false;
    const take = (offer: Offer): void => {
      this.#offer = offer;
      // Since the rows were shown, before they were counted, a person can have gone to another one.
      this.#render(isShown ? this.#view.active : stay);
      isShown = true;
    };
    this.#work = workInSlices(this.#offers.offer(this.#view.text), { onStep: take, onDone: take });
  }

  /** Shows what Enter would send now. */
  showMessage(): void {
    const built = this.#offer.candidates.length > 0 ? buildResetMessage(this.#request()) : undefined;
    const message = built?.ok ? ` — ${JSON.stringify(built.value)}` : '';
    this.#view.showTitle(`${titleOf(this.#lists, this.#where)}${message}`);
  }

  /** Takes the ticks over; what was ticked for another text stays. A part is no choice: its text is continued. */
  tick(ticked: readonly (Candidate | undefined)[]): void {
    const part = ticked.find((candidate) => candidate?.kind === 'part');
    if (this.#goOn(part)) return;
    for (const candidate of this.#offer.candidates) this.#chosen.delete(keyOf(candidate));
    for (const [key] of this.#shownChosen()) this.#chosen.delete(key);
    for (const candidate of ticked) if (candidate) this.#chosen.set(keyOf(candidate), candidate);
    this.showMessage();
  }

  /** Changes between choosing one row and ticking several; keeps the text, the ticks and the active row. */
  switchSeveral(): void {
    const { active } = this.#view;
    this.#isSeveral = !this.#isSeveral;
    this.#render(active);
  }

  /** Goes on to the next of: resources, access, both. */
  switchLists(): void {
    const [first] = this.#lists;
    this.#lists = this.#lists.length === 2 ? ['resources'] : first === 'resources' ? ['access'] : bothLists;
    this.showMessage();
  }

  /** Continues the text by the next part of the active row. */
  takePart(): void {
    const text = continuation(this.#view.text, this.#view.active);
    if (text === undefined) return;
    this.#view.text = text;
    this.refresh();
  }

  /** What Enter sends; undefined where there is more to choose or to type. */
  async accept(): Promise<ResetRequest | undefined> {
    // Enter means what is offered for the text that was typed before it.
    await this.#work?.done;
    // The typed text is no pattern: nothing is sent, not even patterns that were ticked before.
    if (this.#offer.candidates.length === 0) return undefined;
    if (this.#ticked().length === 0 && this.#goOn(this.#view.active)) return undefined;
    const request = this.#request();
    return buildResetMessage(request).ok ? request : undefined;
  }

  dispose(): void {
    this.#work?.cancel();
    clearTimeout(this.#followTimer);
    this.#store.dispose();
  }

  /** What is known has changed; much can change in a moment. */
  #follow(): void {
    this.#offers.forget();
    this.#followTimer ??= setTimeout(() => {
      this.#followTimer = undefined;
      this.refresh(this.#view.active);
    }, followMs);
  }

  #render(stay: Candidate | undefined): void {
    const chosen = this.#shownChosen().map(([, candidate]) => candidate);
    const all = [...chosen, ...this.#offer.candidates];
    const active = (stay && all.find((one) => keyOf(one) === keyOf(stay))) ?? this.#offer.active;
    this.#view.showRows({ offer: this.#offer, chosen, active, isSeveral: this.#isSeveral });
    this.showMessage();
  }

  /** The ticked ones that are shown: none beside a text that is no pattern. */
  #shownChosen(): [string, Candidate][] {
    return this.#isSeveral && this.#offer.candidates.length > 0 ? [...this.#chosen] : [];
  }

  /** Takes a part into the text; true if the candidate is one. */
  #goOn(candidate: Candidate | undefined): boolean {
    if (candidate?.kind !== 'part') return false;
    this.#view.text = candidate.text;
    this.refresh();
    return true;
  }

  #ticked(): readonly Candidate[] {
    return this.#isSeveral ? [...this.#chosen.values()] : [];
  }

  #request(): ResetRequest {
    const ticked = this.#ticked();
    const patterns = (ticked.length > 0 ? ticked : [this.#view.active]).flatMap(patternsOf);
    return Object.fromEntries(this.#lists.map((list) => [list, patterns]));
  }
}

/** What a candidate stands for, whenever it was made. */
export function keyOf(candidate: Candidate): string {
  return patternsOf(candidate).join(' ');
}

function titleOf(lists: readonly ResetList[], where: string): string {
  if (lists.length === 2) return l10n.t('Reset resources and access on {0}', where);
  return lists[0] === 'access'
    ? l10n.t('Reset access on {0}', where)
    : l10n.t('Reset resources on {0}', where);
}

/**
 * What a typed text becomes by the next part of a candidate: `lib` by `library.book.1` is `library.`, that `library.book.`,
 * and at last the whole; none where the candidate adds nothing. A text that the candidate does not begin with is replaced.
 */
export function continuation(typed: string, candidate: Candidate | undefined): string | undefined {
  const whole = candidate?.kind === 'part' ? candidate.text : patternsOf(candidate).at(-1);
  if (whole === undefined) return undefined;
  const isBegun = whole.toLowerCase().startsWith(typed.toLowerCase());
  const dot = whole.indexOf('.', isBegun ? typed.length : commonParts(typed, whole));
  const text = dot < 0 ? whole : whole.slice(0, dot + 1);
  return text === typed ? undefined : text;
}

/** How long the parts are with which both begin. */
function commonParts(a: string, b: string): number {
  let length = 0;
  for (let at = 0; at < a.length && a[at] === b[at]; at++) if (a[at] === '.') length = at + 1;
  return length;
}
