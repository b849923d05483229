import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { installOnce, progress, temporaryFolder } from '../host/cache';
import { run } from '../host/processes';

const version = '0.51.1';

/** What a call is called by the grammars of ast-grep. It knows no Dart and no Vue. */
const calls: Readonly<Record<string, string>> = {
  Go: 'call_expression',
  JavaScript: 'call_expression',
  TypeScript: 'call_expression',
  Tsx: 'call_expression',
  Python: 'call',
  Java: 'method_invocation',
  CSharp: 'invocation_expression',
  Rust: 'call_expression',
  Php: 'member_call_expression',
};

/** How long ast-grep takes to find the calls to functions like `handle` in a folder, with a rule for each language, in milliseconds. */
export async function astGrepIn(folder: string): Promise<number> {
  const program = await installAstGrep();
  const temporary = await temporaryFolder('ast-grep-');
  const rules = path.join(temporary.path, 'rules.yml');
  const rule = ([language, kind]: readonly [string, string]): string =>
    `id: ${language.toLowerCase()}\nlanguage: ${language}\nrule:\n  kind: ${kind}\n  regex: '(?i)subscribe|handle'\n`;
  await writeFile(rules, Object.entries(calls).map(rule).join('---\n'));
  const started = performance.now();
  const child = spawn(program, ['scan', '--rule', rules, '--json=stream', '--no-ignore', 'hidden', folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child.stdout.resume();
  const [code] = (await once(child, 'close')) as [number];
  const time = performance.now() - started;
  await temporary.remove();
  if (code !== 0) throw new Error(`ast-grep ended with ${code}`);
  return time;
}

async function installAstGrep(): Promise<string> {
  const own = `@ast-grep/cli-linux-${process.arch}-gnu`;
  const folder = await installOnce(`ast-grep-${version}`, async (partial) => {
    progress('Installing ast-grep (once)…');
    const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error'];
    await run('npm', ['install', '--prefix', partial, ...quiet, `${own}@${version}`]);
  });
  return path.join(folder, 'node_modules', own, 'ast-grep');
}
