/** `npm run package`: makes the package that users install. */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { projectRoot } from './cache';
import { packageExtension } from './packageExtension';

packageExtension().then(
  async (file) => {
    const { size } = await stat(file);
    console.log(`${path.relative(projectRoot, file)} (${Math.ceil(size / 1024)} KB)`);
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);
