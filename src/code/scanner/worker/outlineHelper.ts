import { claim, finish } from './claims';
import { extract } from '../outline/extract';
import type { LanguageSet } from '../languageSet';
import type { HelperAnswer, HelperData } from './outlineHelpers';
import { outlineText, textKey } from '../outline/outlineText';
import { readSource } from '../files/sources';
import { Grammars } from '../outline/syntax';

/** Every file is read, whatever it contains. */
const anything = [Buffer.alloc(0)];

/** Outlines files that nobody else has taken, in a thread of its own that ends with it. */
export async function helpOutline(data: HelperData, languages: LanguageSet): Promise<void> {
  const { grammarFolder, claims, answers } = data;
  const grammars = new Grammars(grammarFolder);
  for (const index of orderOf(data)) {
    if (!claim(claims, index)) continue;
    try {
      const answer = await outlined(index, data, languages, grammars);
      if (answer) answers.postMessage(answer);
    } finally {
      finish(claims, index);
    }
  }
  answers.close();
}

/** Each chunk from its last file on. */
function* orderOf({ files, chunkSize }: HelperData): Generator<number> {
  for (let start = 0; start < files.length; start += chunkSize)
    for (let at = Math.min(start + chunkSize, files.length) - 1; at >= start; at--) yield at;
}

async function outlined(
  index: number,
  { files, reading }: HelperData,
  languages: LanguageSet,
  grammars: Grammars,
): Promise<HelperAnswer | undefined> {
  const file = files[index] ?? '';
  const language = languages.of(file);
  const content = language && readSource(file, anything, reading);
  if (!content || 'note' in content) return undefined;
  await grammars.load(languages.grammarsOf(language));
  const extracted = extract(content.text, language, grammars);
  extracted?.tree.delete();
  if (!extracted) return undefined;
  return { index, key: textKey(content.text, language), outline: outlineText(extracted.outline) };
}
