import { QuickPickItemKind, ThemeIcon, window, type QuickPick, type QuickPickItem } from 'vscode';
import { offerFor, type Candidate, type Offer } from '../index/candidates';
import type { WorkspaceIndex } from '../index/workspaceIndex';
import { DisposableStore } from '../util/disposable';
import { placeText } from './places';

interface Item extends QuickPickItem {
  readonly candidate?: Candidate;
}

/** The order of the offer is ours; where VS Code does not know the property, it sorts by label itself. */
type UnsortedQuickPick = QuickPick<Item> & { sortByLabel?: boolean };

/** Lets a person choose patterns from the index, or type them. Resolves to none when called off. */
export function pickPatterns(index: WorkspaceIndex, title: string): Promise<readonly string[] | undefined> {
  return new Promise((resolve) => {
    const pick: UnsortedQuickPick = window.createQuickPick<Item>();
    const store = new DisposableStore();
    const chosen = new Map<string, Item>();
    let offer: Offer;
    let result: readonly string[] | undefined;

    pick.title = title;
    pick.placeholder =
      'A service, a pattern such as library.book.*, or a resource name; check several with the mouse or Space';
    pick.canSelectMany = true;
    pick.sortByLabel = false;
    pick.ignoreFocusOut = true;

    const show = (): void => {
      offer = offerFor(index, pick.value);
      const items = itemsOf(offer, pick.value, chosen);
      pick.items = items;
      pick.selectedItems = items.filter((item) => isChosen(item, chosen));
      pick.activeItems = items.filter(
        (item) => item.candidate !== undefined && item.candidate === offer.active,
      );
    };
    const goOn = (candidate: Candidate | undefined): boolean => {
      if (candidate?.kind !== 'part') return false;
      pick.value = candidate.text;
      show();
      return true;
    };

    store.add(pick);
    store.add(pick.onDidChangeValue(show));
    store.add(index.onDidChange(show));
    store.add(
      pick.onDidChangeSelection((selected) => {
        if (selected.some((item) => goOn(item.candidate))) return;
        const shown = new Set(pick.items.map(keyOf));
        for (const key of chosen.keys()) if (shown.has(key)) chosen.delete(key);
        for (const item of selected) if (item.candidate) chosen.set(keyOf(item), item);
      }),
    );
    store.add(
      pick.onDidAccept(() => {
        if (offer.candidates.length === 0) return;
        const active = pick.activeItems[0]?.candidate;
        if (chosen.size === 0 && goOn(active)) return;
        const accepted = chosen.size > 0 ? [...chosen.values()].map((item) => item.candidate) : [active];
        const patterns = accepted.flatMap((candidate) => patternsOf(candidate));
        if (patterns.length === 0) return;
        result = patterns;
        pick.hide();
      }),
    );
    store.add(
      pick.onDidHide(() => {
        store.dispose();
        resolve(result);
      }),
    );
    show();
    pick.show();
  });
}

function itemsOf(offer: Offer, typed: string, chosen: ReadonlyMap<string, Item>): Item[] {
  const items: Item[] = [];
  if (offer.reason !== undefined) {
    const label =
      offer.candidates.length > 0 ? `$(info) ${offer.reason}` : `$(error) “${typed}” is not a pattern`;
    const detail = offer.candidates.length > 0 ? undefined : offer.reason;
    items.push({ label, ...(detail && { detail }), alwaysShow: true });
  }
  let group = '';
  for (const candidate of offer.candidates) {
    const item = itemOf(candidate);
    if (chosen.has(keyOf(item))) continue;
    const heading = headings[candidate.kind];
    if (heading !== group) items.push({ label: heading, kind: QuickPickItemKind.Separator });
    group = heading;
    items.push(item);
  }
  if (offer.leftOut > 0)
    items.push({ label: `… and ${offer.leftOut} more: type to find them`, alwaysShow: true });
  if (chosen.size === 0 || offer.candidates.length === 0) return items;
  return [{ label: 'chosen', kind: QuickPickItemKind.Separator }, ...chosen.values(), ...items];
}

const headings: Record<Candidate['kind'], string> = {
  typed: 'as typed',
  below: 'as typed',
  service: 'services',
  pattern: 'patterns',
  name: 'resource names',
  part: 'go on with',
};

function itemOf(candidate: Candidate): Item {
  const base = { candidate, alwaysShow: true };
  const covers = coversText(candidate.count);
  switch (candidate.kind) {
    case 'typed':
      return {
        ...base,
        label: candidate.patterns[0],
        description: `as typed · ${covers}`,
        iconPath: new ThemeIcon('edit'),
      };
    case 'below':
      return {
        ...base,
        label: candidate.patterns[0],
        description: `all below · ${covers}`,
        iconPath: new ThemeIcon('edit'),
      };
    case 'service': {
      const [below = '', root] = [...candidate.patterns].reverse();
      const withRoot = root === undefined ? '' : `with ${root} · `;
      const description = `${withRoot}${placeText(candidate.places)} · ${covers}`;
      return { ...base, label: below, description, iconPath: new ThemeIcon('server-process') };
    }
    case 'pattern':
      return {
        ...base,
        label: candidate.patterns[0],
        description: `${knownText(candidate)} · ${covers}`,
        iconPath: new ThemeIcon('symbol-interface'),
      };
    case 'name':
      return {
        ...base,
        label: candidate.patterns[0],
        description: knownText(candidate),
        iconPath: new ThemeIcon('symbol-constant'),
      };
    case 'part':
      return {
        ...base,
        label: candidate.text,
        description: `go on typing · ${covers}`,
        iconPath: new ThemeIcon('arrow-right'),
      };
  }
}

function coversText(count: number): string {
  if (count === 0) return 'covers no known resource';
  return count === 1 ? 'covers 1 known resource' : `covers ${count} known resources`;
}

function knownText({ known }: Extract<Candidate, { kind: 'pattern' | 'name' }>): string {
  if (known.handlers.length > 0) return placeText(known.handlers);
  return `used in ${placeText(known.references)}`;
}

function patternsOf(candidate: Candidate | undefined): readonly string[] {
  return candidate && candidate.kind !== 'part' ? candidate.patterns : [];
}

function keyOf(item: Item): string {
  return patternsOf(item.candidate).join(' ');
}

function isChosen(item: Item, chosen: ReadonlyMap<string, Item>): boolean {
  return item.candidate !== undefined && chosen.has(keyOf(item));
}
