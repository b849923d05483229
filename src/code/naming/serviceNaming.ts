import * as l10n from '../../util/l10n';
import { isSameSource, nameProblem, serviceNamesSetting } from '../index/serviceNames';
import type { NameSource, ServiceName } from '../index/serviceNames';
import type { UnnamedService } from '../index/unnamedServices';

/** What is asked, and where the answer goes. */
export interface NamingPorts {
  /** Lets a person choose; none when they change their mind. */
  readonly choose: (title: string, labels: readonly string[]) => Promise<string | undefined>;
  /** Asks for a text, and refuses one with a problem in place. */
  readonly ask: (question: {
    readonly title: string;
    readonly prompt: string;
    readonly problemOf: (text: string) => string | undefined;
  }) => Promise<string | undefined>;
  /** What the setting of a folder is, of those settings that would be written. */
  readonly settingOf: (folder: string) => unknown;
  /** Writes the setting of a folder. Resolves to why that could not be done, if it could not. */
  readonly write: (folder: string, entries: readonly unknown[]) => Promise<string | undefined>;
  /** Lets the name count in this window. */
  readonly keep: (folder: string, entry: ServiceName) => void;
  /** Says that a name was not written, and offers the text to copy. */
  readonly offerCopy: (message: string, text: string) => void;
}

/** A service to be named; from a file, as its path in the folder, if that is where the person stands. */
export type ToName = Pick<UnnamedService, 'folder' | 'source' | 'startedIn'> & { readonly path?: string };

/**
 * Asks for the name of a service, and writes it into the settings of its folder. Resolves to what the person said, and of which
 * source; to none when called off. Where it can't be written, it counts in this window.
 */
export async function nameService(service: ToName, ports: NamingPorts): Promise<ServiceName | undefined> {
  const source = await chooseSource(service, ports);
  if (!source) return undefined;
  const name = await ports.ask({
    title: l10n.t('Name this service'),
    prompt: promptFor(source),
    problemOf: nameProblem,
  });
  if (name === undefined) return undefined;
  const entry: ServiceName = { ...source, name };
  const entries = withEntry(ports.settingOf(service.folder), entry);
  const why = await ports.write(service.folder, entries);
  if (why === undefined) return entry;
  ports.keep(service.folder, entry);
  ports.offerCopy(
    l10n.t('“{0}” was not saved: {1}. It counts in this window only; copy it into your settings.', name, why),
    `"${serviceNamesSetting}": ${JSON.stringify(entries, undefined, 2)}`,
  );
  return entry;
}

/** The entries of a setting with another one, which takes the place of one about the same; nothing else is lost. */
function withEntry(setting: unknown, entry: ServiceName): readonly unknown[] {
  const before = Array.isArray(setting) ? (setting as unknown[]) : [];
  const isOther = (one: unknown): boolean =>
    typeof one !== 'object' || one === null || !isSameSource(one, entry);
  return [...before.filter(isOther), entry];
}

/** One variable can name several services, each in a program of its own: then the person says which of them is meant. */
async function chooseSource(service: ToName, ports: NamingPorts): Promise<NameSource | undefined> {
  const { source, startedIn, path } = service;
  if ('file' in source || startedIn.length < 2) return source;
  const all = l10n.t('In all {0} files', startedIn.length);
  const byLabel = new Map<string, NameSource>([[all, source]]);
  for (const file of path === undefined ? startedIn : [path])
    byLabel.set(l10n.t('Only in {0}', file), { file });
  const chosen = await ports.choose(titleFor(source, startedIn.length), [...byLabel.keys()]);
  return chosen === undefined ? undefined : byLabel.get(chosen);
}

function titleFor(source: Exclude<NameSource, { file: string }>, count: number): string {
  return 'env' in source
    ? l10n.t('The environment variable {0} sets a name in {1} files', source.env, count)
    : l10n.t('The configuration key {0} sets a name in {1} files', source.config, count);
}

function promptFor(source: NameSource): string {
  if ('env' in source)
    return l10n.t(
      'The service’s name, which the environment variable {0} sets; for example “library”',
      source.env,
    );
  if ('config' in source)
    return l10n.t(
      'The service’s name, which the configuration key {0} sets; for example “library”',
      source.config,
    );
  return l10n.t('The name of the service in {0}; for example “library”', source.file);
}
