import { QuickPickItemKind, ThemeIcon, type QuickPickItem } from 'vscode';
import { patternsOf, type Candidate, type Offer } from '../index/candidates';
import { previewText, type Coverage } from '../index/coverage';
import { placeText } from './places';

/** A row of the pattern picker; rows without a candidate only tell something. */
export interface PatternItem extends QuickPickItem {
  readonly candidate?: Candidate;
}

/** The rows for an offer: why the text is no pattern, what was chosen, and the candidates in their groups. */
export function itemsOf(
  offer: Offer,
  typed: string,
  chosen: ReadonlyMap<string, PatternItem>,
): PatternItem[] {
  const items: PatternItem[] = [];
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
  recent: 'reset before',
  typed: 'as typed',
  below: 'as typed',
  service: 'services',
  pattern: 'patterns',
  name: 'resource names',
  part: 'continue with',
};

function itemOf(candidate: Candidate): PatternItem {
  const base = { candidate, alwaysShow: true, ...previewOf(candidate.coverage) };
  const covers = coversText(candidate.coverage);
  switch (candidate.kind) {
    case 'typed':
      return {
        ...base,
        label: candidate.patterns[0],
        description: described('as typed', covers),
        iconPath: new ThemeIcon('edit'),
      };
    case 'below':
      return {
        ...base,
        label: candidate.patterns[0],
        description: described('everything under this', covers),
        iconPath: new ThemeIcon('edit'),
      };
    case 'service': {
      const [below = '', root] = [...candidate.patterns].reverse();
      const withRoot = root === undefined ? '' : `with ${root}`;
      const description = described(withRoot, placeText(candidate.places), covers);
      return { ...base, label: below, description, iconPath: new ThemeIcon('server-process') };
    }
    case 'pattern':
      return {
        ...base,
        label: candidate.patterns[0],
        description: described(knownText(candidate), covers),
        iconPath: new ThemeIcon('symbol-interface'),
      };
    case 'name':
      return {
        ...base,
        label: candidate.patterns[0],
        description: knownText(candidate),
        iconPath: new ThemeIcon('symbol-constant'),
      };
    case 'recent':
      return {
        ...base,
        label: candidate.patterns.join(', '),
        description: described(candidate.isPinned ? '$(pinned)' : '', covers),
        iconPath: new ThemeIcon('history'),
      };
    case 'part':
      return {
        ...base,
        label: candidate.text,
        description: described('keep typing', covers),
        iconPath: new ThemeIcon('arrow-right'),
      };
  }
}

function described(...texts: readonly string[]): string {
  return texts.filter((text) => text !== '').join(' · ');
}

/** Empty until it was counted. */
function coversText(coverage: Coverage | undefined): string {
  if (!coverage) return '';
  const { count } = coverage;
  if (count === 0) return 'covers no known resource';
  return count === 1 ? 'covers 1 known resource' : `covers ${count} known resources`;
}

/** Below an item: the first names that it covers. */
function previewOf(coverage: Coverage | undefined): { detail?: string } {
  return !coverage || coverage.first.length === 0 ? {} : { detail: `    ${previewText(coverage)}` };
}

function knownText({ known, seenAt }: Extract<Candidate, { kind: 'pattern' | 'name' }>): string {
  const live = seenAt === undefined ? '' : `$(broadcast) live, ${ageText(Date.now() - seenAt)} ago`;
  const places = known.handlers.length > 0 ? placeText(known.handlers) : '';
  const uses = places === '' && known.references.length > 0 ? `used in ${placeText(known.references)}` : '';
  return [places, uses, live].filter((part) => part !== '').join(' · ');
}

function ageText(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 60) return `${seconds} s`;
  return seconds < 3600 ? `${Math.floor(seconds / 60)} min` : `${Math.floor(seconds / 3600)} h`;
}

/** What an item stands for, whenever it was made. */
export function keyOf(item: PatternItem): string {
  return patternsOf(item.candidate).join(' ');
}
