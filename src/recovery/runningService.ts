import path from 'node:path';
import type { Sign } from './followRestart';
import type { KnownService } from '../code/index/workspaceIndex';

/** Something that was started from the editor. Paths are absolute. */
export interface Run {
  /** The name of its launch configuration or task, or its command line. */
  readonly name: string;
  /** The file or folder that is debugged. */
  readonly program?: string;
  /** What a command line names: programs, files, options. */
  readonly words: readonly string[];
  readonly cwd?: string;
  /** Whether it ran before: a debugger was only attached to it. */
  readonly isAttached?: boolean;
}

/** A rule that says which services something is that is run. */
export interface RestartRule {
  /** The name of a launch configuration or task, or a command line; `*` stands for anything. */
  readonly run: string;
  readonly services: readonly string[];
  readonly connection?: string;
}

/** A service that something that is run may be, and the only connection that it is for, if a rule says so. */
export interface RunningService {
  readonly service: string;
  readonly connection?: string;
}

/** The meaning of a sign of a run for its services: a debugger that only attaches or detaches says little about them. */
export function meaningOf(sign: Sign, { isAttached = false }: Run): Sign {
  return isAttached ? 'hint' : sign;
}

/** What a launch configuration runs, whose variables have been replaced. `folder` is that of the workspace. */
export function runOfConfiguration(
  name: string,
  configuration: Readonly<Record<string, unknown>>,
  folder: string,
): Run {
  const texts = (key: string): string[] =>
    [configuration[key]].flat().filter((value): value is string => typeof value === 'string' && value !== '');
  const [cwd = folder] = texts('cwd').map((value) => path.resolve(folder, value));
  const words = [...texts('runtimeArgs'), ...texts('args')].filter((word) => !word.startsWith('-'));
  // The program can be a tool such as ts-node, and the service one of its arguments.
  const program = [
    ...texts('program'),
    ...texts('project'),
    ...words.filter((word) => path.extname(word) !== ''),
  ]
    .map((file) => path.resolve(cwd, file))
    .find((file) => !file.split(path.sep).includes('node_modules'));
  return {
    name,
    words,
    isAttached: configuration['request'] === 'attach',
    ...(program !== undefined && { program }),
    ...(cwd !== '' && { cwd }),
  };
}

/** Reads `res.resetOnRestart`: off, on, or on with rules. What is no rule is passed over. */
export function readRestartRules(setting: unknown): readonly RestartRule[] | undefined {
  if (setting === false) return undefined;
  if (!Array.isArray(setting)) return [];
  return (setting as unknown[]).flatMap((value) => {
    if (typeof value !== 'object' || value === null) return [];
    const { run, services, connection } = value as Record<string, unknown>;
    const names: unknown = typeof services === 'string' ? [services] : services;
    if (typeof run !== 'string' || !Array.isArray(names)) return [];
    return [
      {
        run,
        services: names.filter((name) => typeof name === 'string'),
        ...(typeof connection === 'string' && { connection }),
      },
    ];
  });
}

/** The services that are run: those of the rules that fit, or else those that the program's files define. */
export function servicesOfRun(
  run: Run,
  services: readonly KnownService[],
  folders: readonly string[],
  rules: readonly RestartRule[],
): readonly RunningService[] {
  const ruled = rules.filter((rule) => fits(rule.run, run.name));
  if (ruled.length > 0)
    return ruled.flatMap(({ services: names, connection }) =>
      names.map((service) => ({ service, ...(connection !== undefined && { connection }) })),
    );
  return namesOf(run, services, folders).map((service) => ({ service }));
}

function fits(written: string, name: string): boolean {
  const source = written.split('*').map((part) => part.replace(/[\\^$.+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^${source.join('.*')}$`, 's').test(name);
}

function namesOf(
  { program, words, cwd }: Run,
  services: readonly KnownService[],
  folders: readonly string[],
): readonly string[] {
  const isRoot = (folder: string): boolean => folders.includes(folder);
  const at = (matching: (file: string) => boolean): string[] =>
    services.filter(({ places }) => places.some(({ file }) => matching(file))).map(({ name }) => name);
  const inFolder = (folder: string): string[] => {
    const direct = at((file) => path.dirname(file) === folder);
    return direct.length > 0 || isRoot(folder) ? direct : at((file) => file.startsWith(folder + path.sep));
  };
  const named = words
    .filter((word) => cwd !== undefined && word !== '' && !word.startsWith('-'))
    .map((word) => path.resolve(cwd ?? '', word));
  for (const file of [...(program === undefined ? [] : [program]), ...named]) {
    const found = [at((place) => place === file), inFolder(file)].find((names) => names.length > 0);
    if (found) return found;
  }
  if (program !== undefined && folders.some((folder) => program.startsWith(folder + path.sep))) {
    for (let folder = path.dirname(program); ; folder = path.dirname(folder)) {
      const found = isRoot(folder) ? at((file) => file.startsWith(folder + path.sep)) : inFolder(folder);
      if (isRoot(folder)) return found.length === 1 ? found : [];
      if (found.length > 0) return found;
      if (folder === path.dirname(folder)) return [];
    }
  }
  return cwd !== undefined && !isRoot(cwd) && folders.some((folder) => cwd.startsWith(folder + path.sep))
    ? inFolder(cwd)
    : [];
}

/** The words of a command line, without their quotes. */
export function wordsOf(commandLine: string): string[] {
  return (commandLine.match(/"[^"]*"|'[^']*'|[^\s"']+/g) ?? []).map((word) =>
    word.replace(/^["']|["']$/g, ''),
  );
}
