import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';

/** The text that a copyright line is put before where a package names the MIT licence and holds no file of it. */
const mit = `Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;

/**
 * The licences of all that the package holds and others wrote. Throws where a licence is not known.
 * @param {readonly import('esbuild').Metafile[]} metafiles What was bundled.
 * @param {readonly { name: string, folder: string, holder: string }[]} grammars What is copied, all under the MIT licence.
 * @returns {Promise<string>}
 */
export async function thirdPartyNotices(metafiles, grammars) {
  const files = metafiles.flatMap(({ inputs }) => Object.keys(inputs));
  const folders = [
    ...files.map(packageFolder),
    ...grammars.map(({ folder }) => `node_modules/${path.dirname(folder)}`),
  ];
  const packages = [...new Set(folders.filter((folder) => folder !== undefined))];
  const sections = await Promise.all(packages.map(packageNotice));
  for (const { name, holder } of grammars)
    sections.push(notice(name, 'MIT', `Copyright (c) ${holder}\n\n${mit}`));
  const title = 'RES for VS Code contains the following works of others, each under its own licence.';
  return `${title}\n\n${sections.sort().join('\n')}`;
}

/** The folder of the package that a bundled file is from; undefined for a file of this project. */
function packageFolder(file) {
  return /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0];
}

async function packageNotice(folder) {
  const { name, version, license, author } = JSON.parse(
    await readFile(path.join(folder, 'package.json'), 'utf8'),
  );
  const files = (await readdir(folder)).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file)).sort();
  const texts = await Promise.all(files.map((file) => readFile(path.join(folder, file), 'utf8')));
  const holder = typeof author === 'string' ? author : author?.name;
  if (texts.length === 0 && license === 'MIT' && holder !== undefined)
    texts.push(`Copyright (c) ${holder}\n\n${mit}`);
  if (texts.length === 0)
    throw new Error(`The licence of ${name}, which is bundled, is not known: ${folder} holds no file of it.`);
  return notice(`${name} ${version}`, license, texts.map((text) => text.trim()).join('\n\n'));
}

function notice(title, license, text) {
  return `${'='.repeat(100)}\n${title} (${license})\n\n${text}\n`;
}
