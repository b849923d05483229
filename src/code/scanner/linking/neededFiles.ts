import { createHash } from 'node:crypto';
import type { Intake } from '../files/intake';
import type { LanguageSet } from '../languageSet';
import type { Outlines } from '../outline/outlines';
import { SourceFile } from '../files/sourceFile';
import { readSource } from '../files/sources';
import type { Grammars } from '../outline/syntax';

/** The sieve of a file that is read because another one needs it. */
const anything = [Buffer.alloc(0)];

const hashOf = (text: string): string => createHash('sha1').update(text).digest('base64');

/** Reads files because others need them. */
export class NeededFiles {
  readonly #languages: LanguageSet;
  readonly #grammars: Grammars;
  readonly #outlines: Outlines;
  readonly #intake: Pick<Intake, 'reading'>;
  /** The texts that were read. */
  readonly #read = new WeakMap<SourceFile, string>();

  constructor(
    languages: LanguageSet,
    grammars: Grammars,
    outlines: Outlines,
    intake: Pick<Intake, 'reading'>,
  ) {
    this.#languages = languages;
    this.#grammars = grammars;
    this.#outlines = outlines;
    this.#intake = intake;
  }

  /** Outlines a file that another one needs, whatever it contains. */
  read(path: string, family: string): SourceFile | undefined {
    const language = this.#languages.of(path);
    if (language?.family !== family || !this.#grammars.isLoaded(language.grammar.name)) return undefined;
    const content = readSource(path, anything, this.#intake.reading);
    if (!content || 'note' in content) return undefined;
    const outline = this.#outlines.of(path, content.text, language, false);
    const source = outline && new SourceFile(path, language, outline);
    if (source) this.#read.set(source, hashOf(content.text));
    return source;
  }

  /** Whether a file was read so, with the same text. */
  isSame(source: SourceFile, text: string): boolean {
    const hash = this.#read.get(source);
    return hash !== undefined && hash === hashOf(text);
  }
}
