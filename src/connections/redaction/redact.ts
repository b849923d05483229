import { textOf, verbatim, type Code, type Text } from '../../util/l10n';
import type { Problem } from '../../util/problem';
import { encodedSpans } from './encodedSpans';
import { PieceIndex, shortLength, type Span } from './pieceIndex';
import { base64Forms, linesOf, writtenForms } from './secretForms';
import { findInReadings } from './readings';

const mask = '•••';

/**
 * Knows every secret that was ever read and masks them in all text that is logged or shown. Nothing is forgotten: a text
 * may come late. Neither the number nor the length of the secrets makes masking slower.
 */
export class Redactor {
  readonly #secrets = new Set<string>();
  readonly #index = new PieceIndex();
  /** The bytes of short secrets, each as a character. */
  readonly #shortBytes = new PieceIndex();

  /** Masks this text from now on, in every form in which it might appear; of a long one also most of a part of it. */
  add(secret: string | undefined): void {
    if (secret === undefined || this.#secrets.has(secret)) return;
    this.#secrets.add(secret);
    for (const line of linesOf(secret)) {
      for (const form of writtenForms(line)) {
        this.#index.add(form);
        for (const encoded of base64Forms(form)) this.#index.add(encoded);
        if (line.length >= shortLength) continue;
        this.#shortBytes.add(form);
        this.#shortBytes.add(Buffer.from(form).toString('latin1'));
      }
    }
  }

  /** The text without any known secret, and without whatever stands before the @ of a URL. */
  readonly redact = (text: string): string => {
    const spans = findInReadings(text, (reading) => this.#find(reading));
    const known = masked(text, union(spans));
    return masked(known, userInfos(known));
  };

  /** The text with its arguments redacted; one in which a secret is seen all the same keeps its words only. */
  #text(text: Text): Text {
    const known = typeof text === 'string' ? text : this.#code(text);
    const shown = textOf(known);
    const redacted = this.redact(shown);
    return redacted === shown ? known : verbatim(redacted);
  }

  #find(text: string): Span[] {
    const spans = this.#index.find(text);
    if (this.#shortBytes.isEmpty) return spans;
    const inBytes = (bytes: string): Span[] => this.#shortBytes.find(bytes);
    return [...spans, ...encodedSpans(text, (bytes) => findInReadings(bytes, inBytes))];
  }

  /** The problem with each of its texts redacted. */
  problem<P extends Problem>(problem: P): P {
    const { what, why, remedy } = problem;
    return {
      ...problem,
      what: this.#text(what),
      ...(why === undefined ? {} : { why: this.#text(why) }),
      ...(remedy === undefined ? {} : { remedy: this.#text(remedy) }),
    };
  }

  #code([message, ...args]: Code): Code {
    const redacted = args.map((arg) => {
      if (typeof arg === 'object') return this.#code(arg);
      const text = this.redact(String(arg));
      return text === String(arg) ? arg : text;
    });
    return [message, ...redacted];
  }
}

/** What stands between a scheme and the last @ before the path of a URL, known or not. */
function userInfos(text: string): Span[] {
  const spans: Span[] = [];
  for (let at = text.indexOf('://'); at >= 0; at = text.indexOf('://', at + 3)) {
    if (!endsInScheme(text, at)) continue;
    const from = at + 3;
    let to = -1;
    for (let end = from; end < text.length && !/[\s/"']/.test(text.charAt(end)); end++) {
      if (text.charAt(end) === '@') to = end;
    }
    if (to >= 0) spans.push({ from, to });
  }
  return spans;
}

function endsInScheme(text: string, end: number): boolean {
  for (let at = end - 1; at >= 0 && /[a-z0-9+.-]/i.test(text.charAt(at)); at--) {
    if (/[a-z]/i.test(text.charAt(at))) return true;
  }
  return false;
}

/** The spans from the start to the end; those that touch or overlap are one. */
function union(spans: readonly Span[]): Span[] {
  const result: { from: number; to: number }[] = [];
  for (const { from, to } of [...spans].sort((a, b) => a.from - b.from)) {
    const before = result.at(-1);
    if (before && before.to >= from) before.to = Math.max(before.to, to);
    else result.push({ from, to });
  }
  return result;
}

function masked(text: string, spans: readonly Span[]): string {
  let result = '';
  let done = 0;
  for (const { from, to } of spans) {
    result += text.slice(done, from) + mask;
    done = to;
  }
  return result + text.slice(done);
}
