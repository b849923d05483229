import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { commands, contextKeys, internalCommands, settings, views } from '../../../src/shell/ids';
import { projectRoot } from '../../host/cache';
import { manifestText } from './manifest';

interface Contributions {
  readonly commands: readonly { readonly command: string; readonly category: string }[];
  readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
  readonly viewsContainers: { readonly activitybar: readonly { readonly id: string }[] };
  readonly configuration: readonly { readonly properties: Readonly<Record<string, unknown>> }[];
  readonly menus: Readonly<
    Record<
      string,
      readonly { readonly command?: string; readonly submenu?: string; readonly when?: string }[]
    >
  >;
  readonly submenus?: readonly { readonly id: string }[];
}

const manifest = manifestText();
const { contributes, capabilities } = JSON.parse(manifest) as {
  readonly contributes: Contributions;
  readonly capabilities: {
    readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] };
  };
};

function sorted(ids: Iterable<string>): string[] {
  return [...ids].sort();
}

/** The container of the views in the activity bar. */
const viewContainer = 'res';

describe('the ids that package.json and the code share', () => {
  it('are the same commands on both sides', () => {
    assert.deepEqual(
      sorted(contributes.commands.map(({ command }) => command)),
      sorted(Object.values(commands)),
    );
  });

  it('are the same views on both sides, in one container', () => {
    assert.deepEqual(
      contributes.viewsContainers.activitybar.map(({ id }) => id),
      [viewContainer],
    );
    assert.deepEqual(Object.keys(contributes.views), [viewContainer]);
    const contributed = (contributes.views[viewContainer] ?? []).map(({ id }) => id);
    assert.deepEqual(sorted(contributed), sorted(Object.values(views)));
  });

  it('are the same settings on both sides', () => {
    const contributed = contributes.configuration.flatMap(({ properties }) => Object.keys(properties));
    assert.deepEqual(sorted(contributed), sorted(Object.values(settings).map((name) => `res.${name}`)));
  });

  it('are those of settings in one file alone, which reads, writes and follows each', () => {
    const sources = readdirSync(path.join(projectRoot, 'src'), { recursive: true, encoding: 'utf8' });
    const using = sources.filter((file) => {
      if (!file.endsWith('.ts')) return false;
      const source = readFileSync(path.join(projectRoot, 'src', file), 'utf8');
      return /onfiguration\(\s*[`'"]res\b|\bsettings\b[^;]*from '[./]+\/ids'/.test(source);
    });
    assert.deepEqual(using, [path.join('shell', 'settings.ts')]);
  });

  it('are restricted where an untrusted workspace could connect, take a question away or listen', () => {
    assert.deepEqual(capabilities.untrustedWorkspaces.restrictedConfigurations, [
      `res.${settings.connections}`,
      `res.${settings.askAbove}`,
      `res.${settings.monitor}`,
      `res.${settings.liveConnections}`,
      `res.${settings.resetOnSave}`,
      `res.${settings.resetOnRestart}`,
      `res.${settings.resetOnReconnect}`,
    ]);
  });

  it('are fewer than 25 in the palette of a fresh profile', () => {
    const whens = new Map(contributes.menus['commandPalette']?.map(({ command, when }) => [command, when]));
    // Nothing is there yet: of the conditions only those hold that ask for the absence of something.
    const shown = contributes.commands.filter(({ command }) =>
      (whens.get(command) ?? '!nothing').split('&&').every((part) => part.trim().startsWith('!')),
    );
    assert.ok(shown.length >= 10 && shown.length < 25, shown.map(({ command }) => command).join(', '));
    assert.ok(shown.some(({ command }) => command === commands.addConnection));
  });

  it('hold the commands that keybindings, tasks and other extensions rely on', () => {
    const promised = ['resetResources', 'resetAccess', 'connect', 'disconnect', 'reconnect', 'addConnection'];
    promised.push('editConnection', 'removeConnection', 'testConnection', 'importNatsContext');
    promised.push('rescanWorkspace', 'showLog');
    const known: readonly string[] = Object.values(commands);
    assert.deepEqual(
      promised.filter((name) => !known.includes(`res.${name}`)),
      [],
    );
  });

  it('put every command into one category, and the internal ones nowhere', () => {
    assert.deepEqual(sorted(new Set(contributes.commands.map(({ category }) => category))), ['RES']);
    for (const id of Object.values(internalCommands)) assert.ok(!manifest.includes(id), id);
  });

  it('are the only ones that menus and their conditions name', () => {
    const items = Object.values(contributes.menus).flat();
    const known: readonly string[] = Object.values(commands);
    const submenus = (contributes.submenus ?? []).map(({ id }) => id);
    for (const { command, submenu } of items) {
      if (command !== undefined) assert.ok(known.includes(command), command);
      else assert.ok(submenus.includes(submenu ?? ''), submenu);
    }
    const keys = items.flatMap(({ when }) =>
      [...(when ?? '').matchAll(/\bres(?:\.\w+)+/g)].map(([key]) => key),
    );
    const allowed: readonly string[] = [...Object.values(views), ...Object.values(contextKeys)];
    for (const key of keys) assert.ok(allowed.includes(key), key);
  });
});
