import type { Logger } from '../util/logger';
import type { Problem } from '../util/problem';

const mask = '•••';
/** A shorter secret is masked only where it stands alone: masking each "a" would show what the secret is. */
const shortLength = 4;

/** Knows every secret in use and masks them in all text that is logged or shown. */
export class Redactor {
  readonly #secrets = new Set<string>();
  #pattern: RegExp | undefined;

  /** Masks this text from now on, in every form in which it might appear. */
  add(secret: string | undefined): void {
    if (secret === undefined || secret === '' || this.#secrets.has(secret)) return;
    this.#secrets.add(secret);
    this.#pattern = undefined;
  }

  /** The text without any known secret, and without whatever stands before the @ of a URL. */
  redact(text: string): string {
    this.#pattern ??= patternOf(this.#secrets);
    return maskUserInfo(this.#secrets.size === 0 ? text : text.replace(this.#pattern, mask));
  }

  /** The problem with each of its texts redacted. */
  problem<P extends Problem>(problem: P): P {
    return {
      ...problem,
      what: this.redact(problem.what),
      ...(problem.why === undefined ? {} : { why: this.redact(problem.why) }),
      ...(problem.remedy === undefined ? {} : { remedy: this.redact(problem.remedy) }),
    };
  }

  /** A logger that never sees a known secret. */
  logger(target: Logger): Logger {
    return {
      debug: (message) => {
        target.debug(this.redact(message));
      },
      info: (message) => {
        target.info(this.redact(message));
      },
      warn: (message) => {
        target.warn(this.redact(message));
      },
      error: (message) => {
        target.error(this.redact(message));
      },
    };
  }
}

function maskUserInfo(text: string): string {
  return text.replace(/([a-z][a-z0-9+.-]*:\/\/)[^\s/@"']*(?:@[^\s/@"']*)*@/gi, `$1${mask}@`);
}

function patternOf(secrets: ReadonlySet<string>): RegExp {
  const forms = new Set<string>();
  for (const secret of secrets) {
    for (const form of formsOf(secret)) forms.add(form);
  }
  // The longest first, so that a secret inside another leaves no rest of it.
  const alternatives = [...forms].sort((a, b) => b.length - a.length).map(alternative);
  return new RegExp(alternatives.join('|'), 'gu');
}

function alternative(form: string): string {
  const escaped = form.replace(/[\\^$.*+?()[\]{}|/-]/g, (char) => `\\u{${char.charCodeAt(0).toString(16)}}`);
  return form.length >= shortLength ? escaped : `(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`;
}

/** Plain, URL-encoded, quoted as in JSON, and base64 at each of the three places where it can start in a longer text. */
function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret, 'utf8');
  // By way of the bytes, because encodeURIComponent throws on half a surrogate pair.
  const forms = [secret, encodeURIComponent(bytes.toString('utf8')), JSON.stringify(secret).slice(1, -1)];
  for (const encoding of ['base64', 'base64url'] as const) {
    for (let offset = 0; offset < 3; offset++) {
      const text = Buffer.concat([Buffer.alloc(offset), bytes])
        .toString(encoding)
        .replace(/=+$/, '');
      const from = Math.ceil((offset * 8) / 6);
      // The last character may also hold bits of what follows.
      const whole = Math.floor(((offset + bytes.length) * 8) / 6);
      const core = text.slice(from, whole);
      if (core.length >= shortLength) forms.push(core);
    }
  }
  return forms.filter((form) => form !== '');
}
