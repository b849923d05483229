import { readFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../../host/cache';

/** `package.json` as VS Code reads it, with the English texts in their places. */
export function manifestText(): string {
  const texts = JSON.parse(readFileSync(path.join(projectRoot, 'package.nls.json'), 'utf8')) as Readonly<
    Record<string, string>
  >;
  return readFileSync(path.join(projectRoot, 'package.json'), 'utf8').replace(
    /"%([\w.]+)%"/g,
    (name, key: string) => JSON.stringify(texts[key] ?? name),
  );
}
