import * as l10n from '@vscode/l10n';

declare const isShown: unique symbol;
declare const isForeign: unique symbol;

/** A text in the language of today: to be shown, and not to be kept. */
type Shown = string & { readonly [isShown]?: true };
type NotShown = string & { readonly [isShown]?: never };

/** What stands in a place of a message: a value, or a text that is made in the same way. */
export type Argument = NotShown | number | Code;

/** How a text is made: the English message, which is its key in the bundles of all languages, and what stands in its places. */
export type Code = readonly [message: string, ...args: Argument[]];

/** What another program or a person said: it reads the same in every language. */
export type Verbatim = NotShown & { readonly [isForeign]: true };

/** A text that is kept: it is made when it is read, in the language of that day. */
export type Text = Code | Verbatim;

/** The texts of a language, by their English messages. */
export type Bundle = Readonly<Record<string, string>>;

/** Hands over the texts of the person's language; without, or where one is missing, texts are English. */
export function setBundle(contents: Bundle): void {
  l10n.config({ contents });
}

/**
 * The message in the person's language, with the arguments in its places `{0}`, `{1}`, …. To be called when the text is
 * needed: while the modules are loaded, the language is not known yet.
 */
export function t(message: string, ...args: (Argument | Shown)[]): Shown {
  return l10n.t(message, ...args.map((arg) => (typeof arg === 'object' ? textOf(arg) : arg)));
}

/** The message with its arguments, as a text that is kept. */
export function msg(message: string, ...args: Argument[]): Code {
  return [message, ...args];
}

/** What another program or a person said, as a text that is kept. */
export function verbatim(said: NotShown): Verbatim {
  return said as Verbatim;
}

/** Texts one after the other; of equal ones, the first. */
export function joined(texts: readonly Text[], separator: string): Code {
  const distinct = [...new Map(texts.map((text) => [textOf(text), text])).values()];
  return msg(distinct.map((_, index) => `{${index}}`).join(separator), ...distinct);
}

/** The text in the person's language of today. */
export function textOf(text: Text): Shown {
  return typeof text === 'string' ? text : t(...text);
}
