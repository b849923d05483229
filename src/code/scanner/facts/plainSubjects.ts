import type { LanguageSet } from '../languageSet';
import { libraryNames, usesOneOf } from '../files/usedModules';
import type { PlacedFact } from './fact';
import type { Expr, Outline } from '../outline/outline';
import type { Project } from '../linking/project';
import type { SourceFile } from '../files/sourceFile';
import { asUsed, withUsers } from '../files/usedNames';
import type { Dependencies } from '../evaluate/world';

/** Libraries that speak nothing but RES. */
const resModules = /go-res|res-?client|resgate/i;

/** A name that all files have in which such a library is used. */
const resName = 'import RES';

/** A name that all files have in which messages are sent or received. */
const messageName = 'use NATS';

/** All names through which a file can matter to another one. */
export function namesOf(file: SourceFile, languages: LanguageSet): ReadonlySet<string> {
  const { names } = file;
  return new Set([...withUsers(names), ...ownNames(file, languages)]);
}

/** What a file has for others by its whole code, whatever part of it changes. */
export function ownNames(file: SourceFile, languages: LanguageSet): string[] {
  const isSending = languages.plainCalls.some((name) => file.callsByName.has(name));
  return [...(usesOneOf(file, resModules) ? [resName] : []), ...(isSending ? [messageName] : [])];
}

/** Those names of a file through which it matters to others only once it says something itself. */
export function namesOfGiven(file: SourceFile, languages: LanguageSet): string[] {
  const words = [...languages.plainCalls, ...libraryNames];
  const mattering = new Set([...words, ...words.map(asUsed), resName, messageName]);
  return [...namesOf(file, languages)].filter((name) => mattering.has(name));
}

/**
 * `get.product.details` may be the resource `product.details` or any other subject of NATS. The subjects of a file count
 * if its text has other words of the protocol, or if it answers requests for access and further ones. Otherwise names of
 * a single part count only beside requests of another kind, or names that go on behind them. Where the file has messages of no protocol too (`isMixed`),
 * names of several parts must start as names do that another file of the workspace serves or uses.
 */
export function withoutPlainSubjects(
  facts: readonly PlacedFact[],
  isMixed: boolean,
  file: SourceFile,
  project: Project,
  seen: Dependencies,
): PlacedFact[] {
  const raw = facts.filter(({ fact }) => project.languages.isPlain(fact.library));
  const kinds = new Set(raw.flatMap(({ fact }) => fact.serves ?? []));
  const about = [file, ...raw.map((placed) => project.get(placed.file))];
  const isClear =
    raw.length < facts.length ||
    (kinds.size > 1 && (kinds.has('access') || !isMixed)) ||
    about.some((each) => each?.outline.isTelling);
  if (raw.length === 0 || isClear) return [...facts];
  if (isMixed) {
    seen.isOpen = true;
    for (const name of [messageName, resName]) seen.names.add(name);
  }
  return facts.filter((placed) => {
    const { kind, pattern, service } = placed.fact;
    // Code that puts what is asked before a name that others give it is made for the protocol.
    if (!isMixed || placed.file !== file.path) {
      const isRoot = raw.some(({ fact }) => fact.pattern.startsWith(`${pattern}.`));
      return kind === 'unresolved' || pattern.includes('.') || isRoot;
    }
    if (service === undefined || !pattern.includes('.')) return false;
    return project.whole
      .naming(service, spokenIn)
      .some((other) => other !== file && isAbout(service, kinds, other, seen));
  });
}

/** Whether a file serves or uses names whose first part it is, in another way. */
function isAbout(
  service: string,
  kinds: ReadonlySet<string>,
  other: SourceFile,
  { parts }: Dependencies,
): boolean {
  const isOfRes = usesOneOf(other, resModules);
  const asked = [...(spokenIn(other).get(service) ?? [])];
  const found = asked.some((kind) => isOfRes || (kind !== '' && !kinds.has(kind)));
  if (found) parts.add(other);
  return found;
}

const spoken = new WeakMap<Outline, ReadonlyMap<string, ReadonlySet<string>>>();

/** The first parts of the names in a file's arguments, each with what is asked of them (`get`), or `''` where that is not said. */
function spokenIn(file: SourceFile): ReadonlyMap<string, ReadonlySet<string>> {
  const known = spoken.get(file.outline);
  if (known) return known;
  const found = new Map<string, Set<string>>();
  for (const { args } of file.outline.calls) {
    for (const { value } of args) {
      const text = startOf(value);
      const [, kind = '', rest = text] = /^(get|access|call|auth)\.(.*)$/s.exec(text) ?? [];
      const [first = ''] = rest.split('.', 1);
      const kinds = found.get(first);
      if (kinds) kinds.add(kind);
      else found.set(first, new Set([kind]));
    }
  }
  spoken.set(file.outline, found);
  return found;
}

/** The literal text that an expression starts with. */
function startOf(expr: Expr): string {
  if (expr.kind === 'text') return expr.text;
  const first = expr.kind === 'concat' ? expr.items[0] : undefined;
  return first ? startOf(first) : '';
}
