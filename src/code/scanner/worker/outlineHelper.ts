import { claim, finish } from '../facts/claims';
import { extract } from '../facts/extract';
import { grammarsOf, languageOf } from '../languages/index';
import type { HelperAnswer, HelperData } from './outlineHelpers';
import { outlineText, textKey } from '../outline/outlineText';
import { readSource } from '../files/sources';
import { Grammars } from '../outline/syntax';

/** Every file is read, whatever it contains. */
const anything = [Buffer.alloc(0)];

/** Outlines files that nobody else has taken, in a thread of its own that ends with it. */
export async function helpOutline(data: HelperData): Promise<void> {
  const { grammarFolder, claims, answers } = data;
  const grammars = new Grammars(grammarFolder);
  for (const index of orderOf(data)) {
    if (!claim(claims, index)) continue;
    try {
      const answer = await outlined(index, data, grammars);
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
  { files, maxFileSize }: HelperData,
  grammars: Grammars,
): Promise<HelperAnswer | undefined> {
  const file = files[index] ?? '';
  const language = languageOf(file);
  const content = language && readSource(file, anything, maxFileSize);
  if (!content || 'note' in content) return undefined;
  await grammars.load(grammarsOf(language));
  const extracted = extract(content.text, language, grammars);
  extracted?.tree.delete();
  if (!extracted) return undefined;
  return { index, key: textKey(content.text, language), outline: outlineText(extracted.outline) };
}
