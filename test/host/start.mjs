/**
 * Runs a TypeScript program of this project straight after a clone: installs the npm packages if they are missing
 * or outdated, then hands over. `node test/host/start.mjs PROGRAM.ts [ARGUMENT …]`
 */
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..', '..');
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(
    `Node ${process.versions.node} is too old: install Node 20.19 or newer, then try again.\n`,
  );
  process.exit(1);
}

const wanted = createHash('sha256')
  .update(readFileSync(path.join(root, 'package-lock.json')))
  .digest('hex');
const stamp = path.join(root, 'node_modules', '.installed-lock');
if (installedLock() !== wanted) {
  process.stderr.write('Installing npm packages…\n');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const { status } = spawnSync(npm, ['ci', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (status !== 0) {
    process.stderr.write(
      '`npm ci` failed (see above): check that the npm registry can be reached, then try again.\n',
    );
    process.exit(status ?? 1);
  }
  writeFileSync(stamp, wanted);
}

const [program, ...rest] = process.argv.slice(2);
const child = spawn(process.execPath, ['--import', 'tsx', path.join(root, program), ...rest], {
  stdio: 'inherit',
});
// The terminal sends Ctrl+C to the child as well; this process only waits for it to finish its clean-up.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => child.kill('SIGTERM'));
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));

function installedLock() {
  try {
    return readFileSync(stamp, 'utf8');
  } catch {
    return undefined;
  }
}
