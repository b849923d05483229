import { readdirSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from './cache';

/** A part of `npm test` that can be run alone. */
export interface Suite {
  readonly name: SuiteName;
  /** The longest that it may take, in minutes; what hangs is ended and counts as failed. */
  readonly minutes: number;
  /** What it needs installed: nothing, servers, or VS Code and a browser too. */
  readonly needs: 'nothing' | 'servers' | 'editor';
  /** The commands that make it up, for the files given, or for all of them. */
  readonly commands: (countsFile: string, files: readonly string[]) => readonly Command[];
  /** Where its test files are; absent for a suite that looks at the whole project and counts as one test. */
  readonly files?: string;
}

/** Suites that share a first part, as `bus/gateway` and `bus/nats`, are run together by it: `npm run test:bus`. */
export type SuiteName =
  | 'lint'
  | 'types'
  | 'unit'
  | `bus/${'gateway' | 'nats' | 'resets'}`
  | 'integration'
  | `e2e/${'connections' | 'firstUse' | 'history' | 'profiles' | 'recovery' | 'resets'}`;

/** What Node is started with. */
export type Command = readonly string[];

const bin = (name: string): string => path.join(projectRoot, 'node_modules', name);
const host = (name: string): string => path.join(import.meta.dirname, name);
const tsx = ['--import', 'tsx'] as const;

/** Everything that `npm test` runs, in this order. */
export const suites: readonly Suite[] = [
  {
    name: 'lint',
    minutes: 12,
    needs: 'nothing',
    commands: () => [
      [bin('eslint/bin/eslint.js'), '.'],
      [bin('dependency-cruiser/bin/dependency-cruise.mjs'), 'src', 'media'],
      [bin('prettier/bin/prettier.cjs'), '--check', '.'],
    ],
  },
  {
    name: 'types',
    minutes: 8,
    needs: 'nothing',
    commands: () =>
      ['tsconfig.json', 'media/tsconfig.json', 'test/tsconfig.json'].map((project) => [
        bin('typescript/bin/tsc'),
        '--project',
        project,
      ]),
  },
  mochaSuite('unit', 12, 'nothing', 30_000),
  // The longest first: two run at a time.
  mochaSuite('bus/resets', 8, 'servers', 20_000),
  mochaSuite('bus/nats', 8, 'servers', 20_000),
  mochaSuite('bus/gateway', 8, 'servers', 20_000),
  {
    name: 'integration',
    minutes: 12,
    needs: 'editor',
    files: 'test/integration',
    commands: (countsFile, files) => [[...tsx, host('integrationRun.ts'), countsFile, ...files]],
  },
  // A busy machine can take three times as long as a quiet one: none may come near its limit there.
  mochaSuite('e2e/firstUse', 12, 'editor', 90_000),
  mochaSuite('e2e/connections', 12, 'editor', 90_000),
  mochaSuite('e2e/profiles', 12, 'editor', 90_000),
  mochaSuite('e2e/history', 15, 'editor', 90_000),
  mochaSuite('e2e/recovery', 10, 'editor', 90_000),
  mochaSuite('e2e/resets', 12, 'editor', 90_000),
];

function mochaSuite(name: SuiteName, minutes: number, needs: Suite['needs'], timeout: number): Suite {
  return {
    name,
    minutes,
    needs,
    files: `test/${name}`,
    commands: (countsFile, files) => [[...tsx, host('mochaRun.ts'), countsFile, String(timeout), ...files]],
  };
}

/** Whether a suite is meant by a name: its own, or the first part of it. */
export function isNamed({ name }: Suite, wanted: string): boolean {
  return name === wanted || name.startsWith(`${wanted}/`);
}

/** The suite that runs a test file; none for one that stands elsewhere. */
export function suiteOf(file: string): Suite | undefined {
  return suites.find(({ files }) => files !== undefined && file.startsWith(files + path.sep));
}

/** All test files of a suite, relative to the project's root. */
export function testFiles(folder: string): string[] {
  return readdirSync(path.join(projectRoot, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => path.join(folder, file))
    .sort();
}
