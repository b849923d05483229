import path from 'node:path';
import * as l10n from '../../util/l10n';
import type { Result } from '../../util/problem';
import { holdsKnownVariable } from '../../util/variableText';

/** A folder that is open in the window. */
export interface OpenFolder {
  readonly name: string;
  /** Absent if it is on no disk. */
  readonly path?: string;
}

/** Where in the settings a connection stands. */
export type SettingPlace =
  | { readonly kind: 'user' }
  /** A folder's own settings. */
  | { readonly kind: 'folder'; readonly folder: OpenFolder }
  /** A `.code-workspace` file; without its folder while it is not saved yet. */
  | { readonly kind: 'workspaceFile'; readonly folder?: string };

/** What the variables in a connection's texts mean. */
export interface VariableContext {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly folders: readonly OpenFolder[];
  readonly place: SettingPlace;
}

/** Why a text can't be used as it was written; `why` goes on from the name of the field. */
export interface TextProblem {
  readonly why: l10n.Text;
  readonly remedy: l10n.Text;
  /** On another machine or in another window the same text may be usable. */
  readonly elsewhere: boolean;
}

type TextResult = Result<string, TextProblem>;

const variable = /\$\{([^}]*)\}/g;
const tilde = /^~(?=$|[\\/])/;

/** The text with its variables, and `~` at its start, replaced. What comes in is not looked at again. */
export function replaceVariables(text: string, context: VariableContext): TextResult {
  const replaced = replaceEach(text, context);
  if (!replaced.ok || !tilde.test(text)) return replaced;
  return { ok: true, value: fromHome(replaced.value, context) };
}

/** The parts of a text, each variable in it handed to `onValue` once it is known. */
export function replaceEach(
  text: string,
  context: VariableContext,
  onValue: (value: string) => string = (value) => value,
  onLiteral: (literal: string) => string = (literal) => literal,
): TextResult {
  let replaced = '';
  let end = 0;
  for (const match of text.matchAll(variable)) {
    const value = valueOf(match[1] ?? '', context);
    if (!value.ok) return value;
    replaced += onLiteral(text.slice(end, match.index)) + onValue(value.value);
    end = match.index + match[0].length;
  }
  return { ok: true, value: replaced + onLiteral(text.slice(end)) };
}

/** The absolute path that a text means; `$NAME` and `${NAME}` stand for environment variables too. */
export function resolvePath(text: string, context: VariableContext): TextResult {
  const plain = /\$(?:\{([^}]*)\}|([A-Za-z_]\w*))/g;
  let replaced = '';
  let end = 0;
  for (const match of text.matchAll(plain)) {
    const [all, braced, bare] = match;
    const isEnvironment = bare !== undefined || (/^\w+$/.test(braced ?? '') && !holdsKnownVariable(all));
    const value = isEnvironment ? environment(bare ?? braced ?? '', context) : valueOf(braced ?? '', context);
    if (!value.ok) return value;
    replaced += text.slice(end, match.index) + value.value;
    end = match.index + all.length;
  }
  replaced = fromHome(replaced + text.slice(end), context);
  if (path.isAbsolute(replaced)) return { ok: true, value: replaced };
  const start = startOfRelative(context);
  return start.ok ? { ok: true, value: path.resolve(start.value, replaced) } : start;
}

function fromHome(text: string, { home }: VariableContext): string {
  return tilde.test(text) ? path.join(home, text.slice(1)) : text;
}

function startOfRelative({ place }: VariableContext): TextResult {
  switch (place.kind) {
    case 'user':
      return refused(
        l10n.msg('relative paths are not possible in user settings, which belong to no folder'),
        l10n.msg('Enter the whole path, or begin it with ~ or ${workspaceFolder}.'),
      );
    case 'workspaceFile':
      if (place.folder !== undefined) return { ok: true, value: place.folder };
      return refused(
        l10n.msg('relative paths are not possible before the workspace is saved to a file'),
        l10n.msg('Save the workspace, or enter the whole path.'),
      );
    case 'folder':
      return pathOf(place.folder);
  }
}

function valueOf(name: string, context: VariableContext): TextResult {
  if (name === 'userHome') return { ok: true, value: context.home };
  if (name === 'workspaceFolder') return soleFolder(context);
  if (name.startsWith('workspaceFolder:')) return namedFolder(name.slice('workspaceFolder:'.length), context);
  if (name.startsWith('env:')) return environment(name.slice('env:'.length), context);
  return refused(
    l10n.msg('unknown variable {0}', `\${${name}}`),
    l10n.msg('Use ${env:NAME}, ${workspaceFolder}, ${workspaceFolder:NAME} or ${userHome}.'),
  );
}

/** An empty one counts as not set: it would silently turn a path or a server into another one. */
function environment(name: string, { env }: VariableContext): TextResult {
  const value = Object.hasOwn(env, name) ? env[name] : undefined;
  if (value !== undefined && value !== '') return { ok: true, value };
  return refused(
    value === ''
      ? l10n.msg('the environment variable {0} is empty', name)
      : l10n.msg('the environment variable {0} is not set', name),
    l10n.msg('Set it and restart VS Code, or edit the connection.'),
    true,
  );
}

function soleFolder({ place, folders }: VariableContext): TextResult {
  const [only, ...others] = place.kind === 'folder' ? [place.folder] : folders;
  if (!only)
    return refused(
      l10n.msg('{0} is used, but no folder is open', '${workspaceFolder}'),
      l10n.msg('Open a folder, or edit the connection.'),
      true,
    );
  if (others.length === 0) return pathOf(only);
  return refused(
    l10n.msg('{0} is ambiguous in a workspace with several folders', '${workspaceFolder}'),
    l10n.msg('Use ${workspaceFolder:NAME} with one of these names: {0}.', namesOf(folders)),
    place.kind === 'user',
  );
}

function namedFolder(name: string, { folders }: VariableContext): TextResult {
  const [found, ...others] = folders.filter((folder) => folder.name === name);
  if (found && others.length === 0) return pathOf(found);
  if (found)
    return refused(
      l10n.msg('several open folders are named "{0}"', name),
      l10n.msg('Give them different names in the workspace.'),
      true,
    );
  const remedy =
    folders.length === 0
      ? l10n.msg('Open that folder, or edit the connection.')
      : l10n.msg('These folders are open: {0}.', namesOf(folders));
  return refused(l10n.msg('no open folder is named "{0}"', name), remedy, true);
}

function pathOf(folder: OpenFolder): TextResult {
  if (folder.path !== undefined) return { ok: true, value: folder.path };
  return refused(
    l10n.msg('the folder {0} is not on a disk', folder.name),
    l10n.msg('Enter the whole path.'),
    true,
  );
}

function namesOf(folders: readonly OpenFolder[]): string {
  return folders.map(({ name }) => name).join(', ');
}

function refused(
  why: l10n.Text,
  remedy: l10n.Text,
  elsewhere = false,
): { readonly ok: false; readonly problem: TextProblem } {
  return { ok: false, problem: { why, remedy, elsewhere } };
}
