import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { commands, contextKeys, views, walkthrough } from '../../../src/shell/ids';
import { projectRoot } from '../../host/cache';
import { manifestText } from './manifest';

type Pictures = Readonly<Record<'dark' | 'light' | 'hc' | 'hcLight', string>>;

interface Step {
  readonly id: string;
  readonly description: string;
  readonly media: { readonly altText: string; readonly image?: Pictures; readonly svg?: string };
  readonly completionEvents: readonly string[];
}

interface Welcome {
  readonly view: string;
  readonly contents: string;
  readonly when: string;
}

interface Manifest {
  readonly name: string;
  readonly publisher: string;
  readonly icon: string;
  readonly categories: readonly string[];
  readonly keywords: readonly string[];
  readonly contributes: {
    readonly walkthroughs: readonly { readonly id: string; readonly steps: readonly Step[] }[];
    readonly viewsWelcome: readonly Welcome[];
    readonly keybindings: readonly { readonly command: string }[];
  };
}

const text = (file: string): string => readFileSync(path.join(projectRoot, file), 'utf8');
const manifest = JSON.parse(manifestText()) as Manifest;
const { walkthroughs, viewsWelcome } = manifest.contributes;
const steps = walkthroughs.flatMap((one) => one.steps);

/** Commands of VS Code itself that links may run. */
const editorCommands = [
  'vscode.openFolder',
  'workbench.action.openWalkthrough',
  'workbench.action.openGlobalKeybindings',
];
const focusCommands = Object.values(views).map((view) => `${view}.focus`);
const runnable: readonly string[] = [...Object.values(commands), ...focusCommands, ...editorCommands];
const ownKeys: readonly string[] = Object.values(contextKeys);
const editorKeys = ['workspaceFolderCount', 'virtualWorkspace', 'disconnected', 'connected'];

/** What the links in a text run, each with its argument. */
function links(contents: string): { command: string; argument: unknown }[] {
  return [...contents.matchAll(/\[[^\]]+\]\(command:([^)?\s]+)(?:\?([^)\s]*))?(?: "[^"]*")?\)/g)].map(
    ([, command, argument]) => ({
      command: String(command),
      argument: argument === undefined ? undefined : (JSON.parse(decodeURIComponent(argument)) as unknown),
    }),
  );
}

function keysOf(when: string): string[] {
  return [...when.matchAll(/[A-Za-z][\w.]*/g)].map(([key]) => key);
}

function pngSize(file: string): [width: number, height: number] {
  const bytes = readFileSync(path.join(projectRoot, file));
  assert.equal(bytes.toString('latin1', 1, 4), 'PNG', file);
  return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
}

describe('the walkthrough', () => {
  it('is one, of at most five steps', () => {
    assert.deepEqual(
      walkthroughs.map(({ id }) => id),
      [walkthrough],
    );
    assert.ok(steps.length <= 5);
    assert.equal(new Set(steps.map(({ id }) => id)).size, steps.length);
  });

  it('does what each step talks about, by commands that exist', () => {
    for (const { id, description } of steps) {
      const commandsOfStep = links(description).map(({ command }) => command);
      assert.notEqual(commandsOfStep.length, 0, id);
      for (const command of commandsOfStep) assert.ok(runnable.includes(command), `${id}: ${command}`);
    }
  });

  it('offers no key that works in one place only', () => {
    // Beside a link VS Code shows the command's key as a tip, wherever the key works; not where an argument is passed.
    const bound = manifest.contributes.keybindings.map(({ command }) => command);
    for (const { id, description } of steps) {
      for (const { command, argument } of links(description))
        assert.ok(argument !== undefined || !bound.includes(command), `${id}: ${command}`);
    }
  });

  it('ticks each step by something that the code tells', () => {
    for (const { id, completionEvents } of steps) {
      assert.notEqual(completionEvents.length, 0, id);
      for (const event of completionEvents) {
        const [, kind = '', what = ''] = /^(\w+):(.*)$/.exec(event) ?? [];
        const known: Readonly<Record<string, readonly string[]>> = {
          onContext: [...ownKeys, ...editorKeys],
          onView: Object.values(views),
          onCommand: runnable,
        };
        for (const name of kind === 'onContext' ? keysOf(what) : [what]) {
          assert.ok(known[kind]?.includes(name), `${id}: ${event}`);
        }
      }
    }
  });

  it('has for each step a picture in every kind of theme, of one size, with a text in its place', () => {
    for (const { id, media } of steps) {
      assert.ok(media.altText.length > 20, id);
      if (media.svg !== undefined) {
        assert.match(text(media.svg), /^<svg [^]*<\/svg>\s*$/, id);
        continue;
      }
      const { dark, light, hc, hcLight } = media.image ?? assert.fail(id);
      assert.equal(new Set([dark, light, hc, hcLight]).size, 4, id);
      const sizes = [dark, light, hc, hcLight].map((file) => pngSize(file).join('×'));
      assert.equal(new Set(sizes).size, 1, `${id}: ${sizes.join()}`);
    }
  });
});

describe('the texts of empty views', () => {
  it('link to commands that exist, and to the walkthrough', () => {
    for (const { view, contents } of viewsWelcome) {
      for (const { command, argument } of links(contents)) {
        assert.ok(runnable.includes(command), `${view}: ${command}`);
        if (command === 'workbench.action.openWalkthrough') {
          assert.equal(argument, `${manifest.publisher}.${manifest.name}#${walkthrough}`);
        }
      }
      // What is not taken for a link would be shown as it is written.
      assert.equal(contents.split('](').length - 1, links(contents).length, contents);
    }
  });

  it('ask for keys that exist', () => {
    for (const { when } of viewsWelcome) {
      for (const key of keysOf(when))
        assert.ok([...ownKeys, ...editorKeys].includes(key), `${key} in ${when}`);
    }
  });
});

describe('the page in the marketplace', () => {
  it('has an icon of 128 pixels', () => {
    assert.deepEqual(pngSize(manifest.icon), [128, 128]);
  });

  it('has at most 30 keywords, and only categories that the marketplace knows', () => {
    assert.ok(manifest.keywords.length <= 30);
    const known = ['Programming Languages', 'Visualization', 'Testing', 'Debuggers', 'Data Science', 'Other'];
    for (const category of manifest.categories) assert.ok(known.includes(category), category);
  });

  it('shows pictures that exist, with a text in their place, the animated one below 1.5 MB', () => {
    const pictures = [...text('README.md').matchAll(/!\[([^\]]*)\]\(([^)]+)\)/g)];
    assert.ok(pictures.length > 0);
    for (const [, alt = '', file = ''] of pictures) {
      assert.ok(alt.length > 20, file);
      assert.ok(existsSync(path.join(projectRoot, file)), file);
      assert.ok(statSync(path.join(projectRoot, file)).size < 1.5 * 1024 * 1024, file);
    }
    assert.ok(
      pictures.some(([, , file = '']) => file.endsWith('.gif')),
      'none is animated',
    );
  });
});
