import { checkName, patternProblemText } from '../../res/pattern';
import * as l10n from '../../util/l10n';
import type { Problem, Result } from '../../util/problem';
import type { Fact } from '../scanner/facts/fact';

/** What sets a name that is not in the code: a variable of the environment, a key of the configuration, or no more is known than the file. */
export type NameSource = { readonly env: string } | { readonly config: string } | { readonly file: string };

/** A name that the settings give to what one source sets. */
export type ServiceName = NameSource & { readonly name: string };

/** The setting that names services, as a person writes it. */
export const serviceNamesSetting = 'res.serviceNames';

/** The facts about a file that are needed to name its services. */
export interface FileNames {
  /** The workspace folder that it is in; empty for none. */
  readonly folder: string;
  /** The path in that folder, with `/` between the parts. */
  readonly path: string;
  readonly names: readonly ServiceName[];
}

/** Reads the names as they stand in the settings. What can't be used is reported, and the rest counts. */
export function readServiceNames(setting: unknown): {
  readonly names: readonly ServiceName[];
  readonly problems: readonly Problem[];
} {
  const names: ServiceName[] = [];
  const problems: Problem[] = [];
  if (setting !== undefined && !Array.isArray(setting))
    problems.push({
      what: l10n.msg('{0} is not used', serviceNamesSetting),
      why: l10n.msg('it must be a list'),
      remedy: example(),
    });
  for (const [index, value] of (Array.isArray(setting) ? (setting as unknown[]) : []).entries()) {
    const read = readEntry(value, names);
    if (read.ok) names.push(read.value);
    else
      problems.push({
        what: l10n.msg('Entry {0} of {1} is not used', index + 1, serviceNamesSetting),
        why: read.problem,
        remedy: example(),
      });
  }
  return { names, problems };
}

function example(): l10n.Code {
  return l10n.msg('For example, enter { "env": "SERVICE_NAME", "name": "library" }.');
}

/** The entry, or why it can't be used. */
function readEntry(value: unknown, before: readonly ServiceName[]): Result<ServiceName, l10n.Text> {
  const refuse = (problem: l10n.Text): { ok: false; problem: l10n.Text } => ({ ok: false, problem });
  if (typeof value !== 'object' || value === null) return refuse(l10n.msg('it must be an object'));
  const { name, ...rest } = value as Record<string, unknown>;
  const [[kind, source] = ['', undefined], ...more] = Object.entries(rest);
  if (!['env', 'config', 'file'].includes(kind) || more.length > 0)
    return refuse(l10n.msg('beside “name” it must have one of “env”, “config” and “file”, and nothing else'));
  if (typeof source !== 'string' || source === '') return refuse(l10n.msg('“{0}” must be a string', kind));
  if (typeof name !== 'string') return refuse(l10n.msg('“name” must be a string'));
  const problem = nameProblem(name);
  if (problem !== undefined) return refuse(l10n.verbatim(problem.replace(/\.$/, '')));
  const entry = { [kind]: source, name } as unknown as ServiceName;
  const earlier = nameOf(entry, before);
  return earlier === undefined
    ? { ok: true, value: entry }
    : refuse(l10n.msg('an earlier entry says “{0}” of the same', earlier));
}

/** Why a service can't have that name; none if it can. */
export function nameProblem(name: string): string | undefined {
  const problem = checkName(name);
  return problem && l10n.textOf(patternProblemText(problem));
}

/** Whether both are the same variable, key or file. */
export function isSameSource(a: object, b: object): boolean {
  return ['env', 'config', 'file'].every((kind) => Reflect.get(a, kind) === Reflect.get(b, kind));
}

function nameOf(source: NameSource, names: readonly ServiceName[]): string | undefined {
  return names.find((entry) => isSameSource(entry, source))?.name;
}

/**
 * Where the name comes from that a fact lacks. Nothing for a fact with a name, for a use without further details in
 * the code, and for a name that may be complete without a service.
 */
export function sourceOf(fact: Fact, inFile: readonly Fact[], path: string): NameSource | undefined {
  if (fact.kind !== 'unresolved') return undefined;
  if (fact.namedBy) return fact.namedBy;
  if (fact.of !== 'service' && fact.of !== 'handler') return undefined;
  const isPart = fact.pattern !== '?' || inFile.some(({ of, namedBy }) => of === 'service' && !namedBy);
  return isPart ? { file: path } : undefined;
}

/** The facts of a file with the names that the settings give: by what sets them, else by their file. */
export function withNames(facts: readonly Fact[], { path, names }: FileNames): readonly Fact[] {
  if (names.length === 0) return facts;
  return facts.map((fact) => {
    const source = sourceOf(fact, facts, path);
    const name = source && (nameOf(source, names) ?? nameOf({ file: path }, names));
    return name === undefined ? fact : named(fact, name);
  });
}

/** What a pattern with an unknown start is, once the name is known. */
export function namedPattern(pattern: string, name: string): string {
  return pattern.replace(/^\?(?=\.|$)/, () => name);
}

function named(fact: Fact, name: string): Fact {
  const { of, owned, ...rest } = fact;
  const all = (patterns: readonly string[]): string[] =>
    patterns.map((pattern) => namedPattern(pattern, name));
  return {
    ...rest,
    kind: of ?? fact.kind,
    pattern: namedPattern(fact.pattern, name),
    service: name.split('.', 1)[0] ?? name,
    ...(owned && {
      owned: {
        ...(owned.resources && { resources: all(owned.resources) }),
        ...(owned.access && { access: all(owned.access) }),
      },
    }),
  };
}
