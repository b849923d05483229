import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { installOnce, progress } from '../host/cache';
import { plainCode, serviceCode, serviceEndings, type Ending } from './code';
import { between, pick, seeded } from './random';

/** Changes with the generator, so that no older workspace is taken for its work. */
const generation = 2;
const endings: readonly [Ending, ...Ending[]] = ['ts', 'ts', 'ts', 'js', 'go', 'go', 'py', 'cs', 'java'];
const filesInFolder = 20;
const filesInPackage = 200;

/**
 * The folder of a generated workspace: packages of 200 files, 20 a folder, of which `speaking` speak RES, in a tenth of
 * the packages. The same numbers give the same files; they are made once and kept.
 */
export function benchWorkspace(files: number, speaking: number): Promise<string> {
  return installOnce(`bench-${generation}-${files}-${speaking}`, async (folder) => {
    progress(`Generating a workspace of ${files} files (once)…`);
    const random = seeded(files * 31 + speaking);
    const packages = Math.ceil(files / filesInPackage);
    const inEach = Math.ceil(speaking / Math.ceil(packages / 10));
    let left = speaking;
    for (let index = 0; index < packages; index++) {
      const root = path.join(folder, `package${index}`);
      await mkdir(root, { recursive: true });
      await writeFile(path.join(root, 'package.json'), `{ "name": "package${index}" }\n`);
      await writeFile(path.join(root, 'go.mod'), `module example.com/package${index}\n`);
      const here = index % 10 === 0 ? Math.min(inEach, left) : 0;
      left -= here;
      const count = Math.min(filesInPackage, files - index * filesInPackage);
      for (let file = 0; file < count; file += filesInFolder) {
        const at = path.join(root, 'src', `part${file / filesInFolder}`);
        await mkdir(at, { recursive: true });
        const writes = Array.from({ length: Math.min(filesInFolder, count - file) }, (_, offset) => {
          // Source files are mostly small, and a few are large: a mean of about 7,000 characters.
          const size = Math.min(60_000, Math.round(1200 / (random() + 0.02) ** 1.1));
          // Spread over the folders of the package.
          const speaks =
            Math.floor(((file + offset + 1) * here) / count) > Math.floor(((file + offset) * here) / count);
          const ending = pick(random, speaks ? serviceEndings : endings);
          const text = speaks
            ? serviceCode(ending, `service${index}x${between(random, 0, 3)}`, size, random)
            : plainCode(ending, size, random);
          return writeFile(path.join(at, `file${file + offset}.${ending}`), text);
        });
        await Promise.all(writes);
      }
    }
  });
}
