/** `npm run texts`: writes all texts that go through `l10n.t` and `l10n.msg` to the file from which translations are made. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { getL10nJson } from '@vscode/l10n-dev';
import { projectRoot } from './cache';
import { shownSources, sourceOf } from '../unit/build/shownTexts';

/** The file of the English texts, which a translation is a copy of: `bundle.l10n.de.json`. */
export const bundleFile = path.join(projectRoot, 'l10n', 'bundle.l10n.json');

/** The content of the file, as the sources are now. */
export async function exportTexts(): Promise<string> {
  // The exporter knows the function by the package that it is imported from; ours are wrappers around that. It looks at
  // syntax alone, and takes its time for each file: it gets one.
  const sources = shownSources().map((file) => sourceOf(file).replaceAll('l10n.msg(', 'l10n.t('));
  const contents = ["import * as l10n from '@vscode/l10n';", ...sources].join('\n');
  const bundle = await getL10nJson([{ extension: '.ts', contents }]);
  return `${JSON.stringify(Object.fromEntries(Object.entries(bundle).sort()), undefined, 2)}\n`;
}

if (import.meta.filename === process.argv[1]) {
  exportTexts()
    .then((text) => writeFile(bundleFile, text))
    .catch((error: unknown) => {
      console.error(error);
      process.exitCode = 1;
    });
}
