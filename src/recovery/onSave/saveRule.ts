import path from 'node:path';
import { checkPattern, checkName, patternProblemText } from '../../res/pattern';
import type { ResetRequest } from '../../res/resetMessage';
import * as l10n from '../../util/l10n';
import type { Problem, Result } from '../../util/problem';
import { shownText } from '../../util/shownText';
import { matchesGlob } from './glob';

/** What is reset when a file is saved. */
export interface SaveRule {
  /** A glob, relative to the workspace folder. */
  readonly files: string;
  /** Patterns, in which variables stand for values from the path. */
  readonly resources: readonly string[];
  readonly access: readonly string[];
  /** Whether the services that the saved file defines are reset too. */
  readonly serviceInFile: boolean;
  /** The name of the only connection that it is for. */
  readonly connection?: string;
}

/** A rule that can't be used as it stands, or was not for a certain file. */
export interface MarkedRule {
  /** Its glob, as far as it has one, or its number. */
  readonly rule: string;
  readonly problem: Problem;
}

const variable = /\$\{([^}]*)\}/g;

/** What the variables stand for; the path is relative, with `/` between the parts. */
const values: Readonly<Record<string, (file: string) => string>> = {
  fileBasename: (file) => path.posix.basename(file),
  fileBasenameNoExtension: (file) => path.posix.parse(file).name,
  fileDirnameBasename: (file) => path.posix.basename(path.posix.dirname(file)),
};

/** The names of the variables that a pattern may hold. */
export const saveVariables: readonly string[] = Object.keys(values);

/** Reads the rules as they stand in the settings. */
export function readSaveRules(setting: unknown): {
  readonly rules: readonly SaveRule[];
  readonly marked: readonly MarkedRule[];
} {
  const rules: SaveRule[] = [];
  const marked: MarkedRule[] = [];
  for (const [index, value] of (Array.isArray(setting) ? (setting as unknown[]) : []).entries()) {
    const read = readRule(value);
    if (read.ok) rules.push(read.value);
    else marked.push({ rule: nameOf(value, index), problem: read.problem });
  }
  return { rules, marked };
}

function nameOf(value: unknown, index: number): string {
  const files = typeof value === 'object' && value !== null && 'files' in value ? value.files : undefined;
  return typeof files === 'string' && files !== '' ? files : String(index + 1);
}

function readRule(value: unknown): Result<SaveRule> {
  if (typeof value !== 'object' || value === null) return unusable(l10n.msg('it must be an object'));
  const { files, resources, access, serviceInFile, connection } = value as Record<string, unknown>;
  if (typeof files !== 'string' || files === '') return unusable(l10n.msg('“files” must be a string'));
  if (connection !== undefined && typeof connection !== 'string')
    return unusable(l10n.msg('“connection” must be a string'));
  const lists: Record<'resources' | 'access', readonly string[]> = { resources: [], access: [] };
  for (const [name, list] of [
    ['resources', resources],
    ['access', access],
  ] as const) {
    const texts: unknown = typeof list === 'string' ? [list] : (list ?? []);
    if (!Array.isArray(texts) || !texts.every((text) => typeof text === 'string'))
      return unusable(l10n.msg('“{0}” must be a string or a list of strings', name));
    for (const text of texts) {
      const problem = checkWritten(text);
      if (problem) return { ok: false, problem };
    }
    lists[name] = texts;
  }
  if (lists.resources.length + lists.access.length === 0 && serviceInFile !== true)
    return unusable(l10n.msg('it names nothing to reset'));
  return {
    ok: true,
    value: {
      files,
      ...lists,
      serviceInFile: serviceInFile === true,
      ...(typeof connection === 'string' && { connection }),
    },
  };
}

/** What is wrong with a pattern whatever the file is. */
export function checkWritten(pattern: string): Problem | undefined {
  for (const [, name = ''] of pattern.matchAll(variable)) {
    if (!Object.hasOwn(values, name))
      return unusable(
        l10n.msg('“{0}” is not a known variable', `\${${name}}`),
        l10n.msg('Use one of these: {0}.', saveVariables.map((known) => `\${${known}}`).join(', ')),
      ).problem;
  }
  const problem = checkPattern(pattern.replace(variable, 'x'));
  return (
    problem &&
    unusable(l10n.msg('“{0}” is not a valid pattern', shownText(pattern)), patternProblemText(problem))
      .problem
  );
}

/**
 * What the rule wants reset for a saved file; nothing if the rule is for other files. A value that does not fill exactly one
 * part, or is a wildcard, would reset something else than the rule means.
 */
export function requestOf(rule: SaveRule, file: string): Result<ResetRequest> | undefined {
  if (!matchesGlob(rule.files, file)) return undefined;
  const lists: Record<'resources' | 'access', string[]> = { resources: [], access: [] };
  for (const list of ['resources', 'access'] as const) {
    for (const pattern of rule[list]) {
      const filled = fill(pattern, file);
      if (!filled.ok) return filled;
      lists[list].push(filled.value);
    }
  }
  return { ok: true, value: lists };
}

/** The pattern with the values of a file in place of its variables. */
export function fill(pattern: string, file: string): Result<string> {
  let problem: Problem | undefined;
  const text = pattern.replace(variable, (name, key: string) => {
    const value = values[key]?.(file) ?? '';
    if (value.includes('.') || checkName(value))
      problem ??= {
        what: l10n.msg('Nothing was sent for {0}', shownText(file)),
        why: l10n.msg('{0} is “{1}” there, which is not one part of a resource name', name, shownText(value)),
        remedy: l10n.msg('Change the rule so that it leaves this file out.'),
      };
    return value;
  });
  const invalid = problem ? undefined : checkPattern(text);
  if (invalid)
    problem = {
      what: l10n.msg('Nothing was sent for {0}', shownText(file)),
      why: l10n.msg('“{0}” is not a valid pattern', shownText(text)),
      remedy: patternProblemText(invalid),
    };
  return problem ? { ok: false, problem } : { ok: true, value: text };
}

function unusable(why: l10n.Text, remedy?: l10n.Text): { readonly ok: false; readonly problem: Problem } {
  return {
    ok: false,
    problem: { what: l10n.msg('This rule is not used'), why, ...(remedy !== undefined && { remedy }) },
  };
}
