import { QuickPickItemKind, window, type Memento, type QuickPickItem } from 'vscode';
import type { ConnectionService } from '../connectionService';
import * as l10n from '../../util/l10n';
import { problemText } from '../../util/problem';
import { newDraft } from '../formMessages';
import { isSaved, type ProfileSource } from '../messages';
import { readDraft } from '../profile/draft';
import type { ConnectionStore } from './connectionStore';
import type { StoredProfile } from './storedProfile';
import type { CliProfileWatch } from './cliProfileWatch';

/** What choosing a connection needs. */
export interface Choosing {
  readonly service: ConnectionService;
  readonly store: ConnectionStore;
  readonly cli: CliProfileWatch;
  /** Where this workspace's connection is remembered. */
  readonly memory: Memento;
}

/** The only or remembered profile, or the one that the person picks or adds; undefined if they don't. */
export async function chooseProfile(
  { service, store, cli }: Pick<Choosing, 'service' | 'store' | 'cli'>,
  rememberedId: string | undefined,
  { useMemory }: { readonly useMemory: boolean },
): Promise<StoredProfile | undefined> {
  await cli.reload();
  const profiles = store.profiles();
  if (profiles.length === 0) return addFirst(store);
  const obvious = useMemory ? obviousProfile(store, rememberedId) : undefined;
  if (obvious) return obvious;
  const current = service.activeId ?? store.find(rememberedId)?.id;
  return pickProfile(profiles, l10n.t('Connect to…'), current ?? cli.selectedId);
}

/** The profile that needs no question: the remembered or the only one. */
export function obviousProfile(
  store: Pick<ConnectionStore, 'find' | 'profiles' | 'saved'>,
  rememberedId: string | undefined,
): StoredProfile | undefined {
  const remembered = store.find(rememberedId);
  if (remembered) return remembered;
  // With one that was set up for this extension there is nothing to choose, whatever the NATS CLI knows besides.
  const saved = store.saved();
  if (saved.length === 1) return saved[0];
  const profiles = store.profiles();
  return profiles.length === 1 ? profiles[0] : undefined;
}

/** Lets the person pick one of the profiles; the one with `firstId` stands first and is preselected. */
export async function pickProfile(
  profiles: readonly StoredProfile[],
  placeHolder: string,
  firstId?: string,
): Promise<StoredProfile | undefined> {
  const first = profiles.filter(({ id }) => id === firstId);
  const others = profiles.filter(({ id }) => id !== firstId);
  const saved = others.filter(({ source }) => isSaved(source));
  const cli = others.filter(({ source }) => !isSaved(source));
  const separator = (label: string): Item => ({ label, kind: QuickPickItemKind.Separator });
  const items = [
    ...first.map(pickItem),
    ...saved.map(pickItem),
    ...(cli.length > 0 ? [separator('NATS CLI'), ...cli.map(pickItem)] : []),
  ];
  return (await window.showQuickPick(items, { placeHolder, matchOnDetail: true }))?.stored;
}

type Item = QuickPickItem & { readonly stored?: StoredProfile };

function pickItem(stored: StoredProfile): Item {
  const { profile, source, description, problem, folder } = stored;
  // What is protected is marked in any case; an icon of its own takes the place of the plug.
  const icons = [
    ...(problem ? ['warning'] : []),
    ...(profile.protected ? ['lock'] : []),
    ...(profile.icon === undefined ? [] : [profile.icon]),
  ];
  const symbols = (icons.length === 0 ? ['plug'] : icons).map((name) => `$(${name})`).join(' ');
  return {
    label: `${symbols} ${profile.name}`,
    description: folder?.name ?? sourceWord(source),
    detail: [
      profile.servers.join(', '),
      ...(problem === undefined ? [] : [problemText(problem)]),
      ...(description === undefined ? [] : [description]),
      ...(profile.tls.verify ? [] : [l10n.t('certificates are not verified')]),
    ].join(' — '),
    stored,
  };
}

function sourceWord(source: ProfileSource): string {
  const words: Record<ProfileSource, string> = {
    user: '',
    workspace: l10n.t('workspace'),
    folder: l10n.t('folder'),
    context: l10n.t('NATS CLI context'),
    environment: l10n.t('environment variables'),
  };
  return words[source];
}

/** Asks for the address only; everything else can be changed in the panel later. */
async function addFirst(store: ConnectionStore): Promise<StoredProfile | undefined> {
  const servers = await window.showInputBox({
    title: l10n.t('Connect to NATS'),
    prompt: l10n.t('No connections yet. Enter the address of your NATS server.'),
    value: newDraft.servers,
    ignoreFocusOut: true,
    validateInput: (value) => {
      const read = readDraft({ ...newDraft, servers: value }, {});
      return read.ok ? undefined : (read.problem.why ?? read.problem.what);
    },
  });
  if (servers === undefined) return undefined;
  const read = readDraft({ ...newDraft, servers }, {});
  const saved = read.ok ? await store.save(read.value, { source: 'user' }) : read;
  if (saved.ok) return saved.value;
  void window.showErrorMessage(saved.problem.what);
  return undefined;
}
