import * as l10n from '@vscode/l10n';

/** What stands in a place of a message. */
export type Argument = string | number;

/**
 * How a text was made: the English message, which is its key in the bundles of all languages, and what stands in its places;
 * that can be made in the same way.
 */
export type Code = readonly [message: string, ...args: (Argument | Code)[]];

/** A text is asked for its code soon after it was made. */
const maxRemembered = 500;

const codes = new Map<string, readonly [string, ...Argument[]]>();

/** The texts of a language, by their English messages. */
export type Bundle = Readonly<Record<string, string>>;

/** Hands over the texts of the person's language; without, or where one is missing, texts are English. */
export function setBundle(contents: Bundle): void {
  l10n.config({ contents });
  codes.clear();
}

/**
 * The message in the person's language, with the arguments in its places `{0}`, `{1}`, …. To be called when the text is
 * needed: while the modules are loaded, the language is not known yet.
 */
export function t(message: string, ...args: Argument[]): string {
  const text = l10n.t(message, ...args);
  if (phrase.test(text)) remember(text, [message, ...args]);
  return text;
}

/** A single word may as well be a name that somebody gave to something. */
const phrase = /\S\s+\S/;

function remember(text: string, code: readonly [string, ...Argument[]]): void {
  codes.delete(text);
  codes.set(text, code);
  const [oldest] = codes.keys();
  if (codes.size > maxRemembered && oldest !== undefined) codes.delete(oldest);
}

/**
 * How a text was made that `t` gave lately; undefined for any other. An argument that is not seen in the text, because a
 * translation leaves it out or something secret was taken out of it, is never given away.
 */
export function codeOf(text: string): Code | undefined {
  const made = codes.get(text);
  if (!made) return undefined;
  const [message, ...args] = made;
  if (args.some((arg) => !text.includes(String(arg)))) return undefined;
  return [
    message,
    ...args.map((arg) => (typeof arg === 'string' && arg !== text ? (codeOf(arg) ?? arg) : arg)),
  ];
}

/** The text of a code in the person's language of today. */
export function textOf([message, ...args]: Code): string {
  return t(message, ...args.map((arg) => (typeof arg === 'object' ? textOf(arg) : arg)));
}
