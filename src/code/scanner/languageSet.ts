import type { Evaluator, Rules } from './evaluate/evaluator';
import type { Site, Value } from './evaluate/value';
import type { SpokenLanguage } from './files/fileLanguage';
import type { SourceFile } from './files/sourceFile';
import type { Builtins } from './languages/builtins';
import type { Language, LanguageDefinition } from './languages/language';
import type { Library } from './libraries/library';

/** The languages that a scanner reads, and the libraries that it knows in them. */
export class LanguageSet implements Rules {
  readonly all: readonly LanguageDefinition[];
  /** What the files of all languages are searched for: one without any of these cannot speak RES. */
  readonly sieve: readonly string[];
  /** What is called to send and receive messages of all kinds. */
  readonly plainCalls: readonly string[];
  readonly #byExtension: readonly (readonly [string, LanguageDefinition])[];
  readonly #definitions: ReadonlyMap<SpokenLanguage, LanguageDefinition>;
  readonly #rules: ReadonlyMap<SpokenLanguage, readonly Builtins[]>;
  readonly #implying: ReadonlySet<string>;
  readonly #plain: ReadonlySet<string>;

  constructor(languages: readonly Language[], known: readonly Library[]) {
    const all = (this.all = languages.map((language) => definitionOf(language, known)));
    this.sieve = [...new Set(all.flatMap(({ sieve }) => sieve))];
    this.#byExtension = all.flatMap((each) =>
      Object.keys(each.extensions).map((extension) => [extension, each] as const),
    );
    this.#definitions = new Map(all.map((each) => [each, each]));
    this.#rules = new Map(all.map((each) => [each, [each.builtins, ...each.libraries]]));
    const libraries = all.flatMap((each) => each.libraries);
    const plain = libraries.filter(({ isPlain }) => isPlain);
    this.plainCalls = [...new Set(plain.flatMap(({ calls }) => Object.keys(calls ?? {})))];
    this.#plain = new Set(plain.map(({ name }) => name));
    this.#implying = new Set(
      libraries.filter(({ impliesService }) => impliesService).map(({ name }) => name),
    );
  }

  /** The language of a file, by the end of its name. */
  of(file: string): LanguageDefinition | undefined {
    const name = file.toLowerCase();
    return this.#byExtension.find(([extension]) => name.endsWith(extension))?.[1];
  }

  /** The grammars that a file can need: its own, and those of the code that it holds or imports. */
  grammarsOf({ family, grammar }: LanguageDefinition): string[] {
    const code = this.all.filter((language) => language.family === family && !language.embedded);
    return [...new Set([...code.map((language) => language.grammar.name), grammar.name])];
  }

  /** The libraries through which a file can speak RES. */
  librariesOf({ language }: SourceFile): readonly Library[] {
    return this.#definitions.get(language)?.libraries ?? [];
  }

  /** Whether a handler of the library, by its name, says that its file starts a service. */
  impliesService(library: string): boolean {
    return this.#implying.has(library);
  }

  /** Whether the library, by its name, carries messages of all kinds. */
  isPlain(library: string): boolean {
    return this.#plain.has(library);
  }

  result(callee: Value, site: Site, evaluator: Evaluator): Value | undefined {
    for (const each of this.#rules.get(site.file.language) ?? []) {
      const value = each.result?.(callee, site, evaluator);
      if (value) return value;
    }
    return undefined;
  }

  callback(callee: Value, site: Site, arg: number, param: number, evaluator: Evaluator): Value | undefined {
    for (const each of this.#rules.get(site.file.language) ?? []) {
      const value = each.callback?.(callee, site, arg, param, evaluator);
      if (value) return value;
    }
    return undefined;
  }
}

/** A language with what the libraries of its family say. */
function definitionOf(language: Language, known: readonly Library[]): LanguageDefinition {
  const libraries = known.filter(({ family }) => family === language.family);
  const nearby = libraries.flatMap((library) => library.nearby ?? []);
  const subjects = language.quotes.flatMap((quote) =>
    ['get.', 'access.', 'call.', 'auth.'].map((kind) => quote + kind),
  );
  return {
    ...language,
    libraries,
    sieve: [...libraries.flatMap(({ sieve = [] }) => sieve), ...language.ridKeys, ...subjects],
    ...(nearby.length > 0 && {
      nearby: {
        modules: new RegExp(nearby.map(({ modules }) => modules.source).join('|')),
        words: nearby.flatMap(({ words }) => words),
      },
    }),
  };
}
