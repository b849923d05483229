import assert from 'node:assert/strict';
import fc from 'fast-check';
import { lateLogger } from '../../../src/util/logger';
import { Redactor } from '../../../src/connections/redaction/redact';
import { msg, setBundle, verbatim, type Text } from '../../../src/util/l10n';

const secrets = fc.oneof(
  fc.string({ minLength: 4, maxLength: 40 }),
  fc.string({ unit: 'grapheme', minLength: 4, maxLength: 20 }),
  fc.stringMatching(/^[A-Z0-9]{58}$/),
);
const around = fc.string({ maxLength: 12 });

function redacted(secret: string, text: string): string {
  const redactor = new Redactor();
  redactor.add(secret);
  return redactor.redact(text);
}

/** How all user JWTs begin. */
const header = 'eyJ0eXAiOiJKV1QiLCJhbGciOiJlZDI1NTE5LW5rZXkifQ';
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((codes) => String.fromCharCode(...codes)),
  fc.constantFrom('://', 'a://', '@', '', '\n', '%', '\\', '•••', '\ud800'),
);

/** Letters that do not repeat soon. */
function lettersOf(length: number): string {
  return Array.from({ length }, (_, at) => String.fromCharCode(48 + ((at * at + (at >> 3)) % 75))).join('');
}

/** How often a character was read. */
function readsDuring(run: () => void): number {
  let reads = 0;
  const originals = (['charCodeAt', 'charAt'] as const).map((name) => {
    const original = Object.getOwnPropertyDescriptor(String.prototype, name) ?? {};
    const read = original.value as (this: string, at: number) => unknown;
    const value = function (this: string, at: number): unknown {
      reads++;
      return read.call(this, at);
    };
    Object.defineProperty(String.prototype, name, { ...original, value });
    return [name, original] as const;
  });
  try {
    run();
  } finally {
    for (const [name, original] of originals) Object.defineProperty(String.prototype, name, original);
  }
  return reads;
}

describe('the redactor', () => {
  it('leaves no secret in a text: plain, URL-encoded, or as JSON', () => {
    fc.assert(
      fc.property(secrets, around, around, (secret, before, after) => {
        fc.pre(!'•••'.includes(secret));
        const [from, to] = secret.length < 8 ? [`${before} `, ` ${after}`] : [before, after];
        for (const form of [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)]) {
          const text = redacted(secret, `${from}${form}${to}`);
          // What stands around may happen to build the secret anew with the mask's neighbours; it can't here.
          fc.pre(!`${from}•••${to}`.includes(form));
          assert.ok(!text.includes(form), text);
        }
      }),
    );
  });

  it('leaves no secret of any length in a URL, an escaped text or a form, wherever it stands alone in what these say', () => {
    const starts = fc.constantFrom('', ' ', ':', '\n', 'x\t', '"', '@', 'é ', '\0');
    const ends = fc.constantFrom('', ' ', ':', '\n', '\tx', '"', '@host', '/x');
    const passwords = fc.oneof(
      fc.stringMatching(/^[!-~]{1,12}$/),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 6 }),
    );
    const hex = (text: string): string => Buffer.from(text).toString('hex').replace(/../g, '%$&');
    const unicode = (text: string): string =>
      text.replace(/[^]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
    const ways: Record<string, (text: string) => string> = {
      plain: (text) => text,
      percent: encodeURIComponent,
      'percent, in small letters': (text) =>
        encodeURIComponent(text).replace(/%../g, (code) => code.toLowerCase()),
      'percent, of all': hex,
      'percent, twice': (text) => encodeURIComponent(encodeURIComponent(text)),
      JSON: (text) => JSON.stringify(text),
      'JSON in JSON': (text) => JSON.stringify({ text: JSON.stringify({ text }) }),
      'JSON, of all': unicode,
      form: (text) => new URLSearchParams({ text }).toString(),
      'base64 in JSON': (text) => JSON.stringify({ auth: Buffer.from(text).toString('base64') }),
      'JSON in base64': (text) => Buffer.from(JSON.stringify({ text })).toString('base64url'),
      'base64 in a query': (text) => `/a/b?auth=${Buffer.from(text).toString('base64')}&x=1`,
    };
    fc.assert(
      fc.property(
        passwords,
        starts,
        ends,
        fc.constantFrom(...Object.keys(ways)),
        (secret, before, after, way) => {
          fc.pre(secret.trim() === secret && !'•'.includes(secret));
          const encode = ways[way] ?? assert.fail();
          assert.match(redacted(secret, `said ${encode(`${before}${secret}${after}`)}.`), /•••/, way);
        },
      ),
      { numRuns: 1000 },
    );
    assert.equal(redacted('test', 'user%3Atest%40host'), 'user%3A•••%40host');
    assert.equal(redacted('test', String.raw`{"why":"\ntest\n"}`), String.raw`{"why":"\n•••\n"}`);
    assert.equal(redacted('p@s', 'user:p%40s, user:p%2540s'), 'user:•••, user:•••');
    assert.equal(redacted('test', 'user:test@host'), 'user:•••@host');
  });

  it('leaves ordinary words as they are, though a short secret is a part of them', () => {
    const words = `The latest test of the connection to the server was contested: attestation of example.library.books
      at nats://protest.example:4222/a/b failed; getLatest, TESTED, library.book.*, _INBOX.aGVsbG8.Y29udGVzdA,
      5d30df5e-1111-4a4b-8c8d-0123456789ab, x-request-id, disconnected, digest, display, https://a.example/latest?b=testing%20it`;
    assert.equal(redacted('test', words), words.replace('latest test of', 'latest ••• of'));
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{4,7}$/), (secret) => {
        fc.pre(!words.split(/[^A-Za-z0-9]+/).includes(secret));
        assert.equal(redacted(secret, words), words);
      }),
    );
    for (const [, part = ''] of words.matchAll(/[a-z]([a-z]{3,6})[a-z]/g))
      if (!new RegExp(`\\b${part}\\b`).test(words)) assert.equal(redacted(part, words), words);
  });

  it('leaves no secret in a longer base64 text, wherever it starts, and however short it is', () => {
    const paths = fc.constantFrom('', 'Basic ', '/a-path/', 'auth=');
    fc.assert(
      fc.property(
        fc.stringMatching(/^[!-~]{1,40}$/),
        around,
        around,
        paths,
        (secret, before, after, path) => {
          fc.pre(!before.includes(secret) && !after.includes(secret));
          const [from, to] = secret.length < 8 ? [`${before}\n`, `\n${after}`] : [before, after];
          for (const encoding of ['base64', 'base64url'] as const) {
            const encoded = Buffer.from(`${from}${secret}${to}`).toString(encoding);
            const text = redacted(secret, `${path}${encoded} end`);
            const [first = '', ...others] = text.split('•••');
            const last = others.at(-1)?.slice(0, -' end'.length) ?? assert.fail(text);
            assert.ok(!Buffer.from(first.slice(path.length), encoding).toString().includes(secret), text);
            const filler = 'A'.repeat((encoded.length - last.length) % 4);
            const rest = Buffer.from(filler + last, encoding).subarray(filler === '' ? 0 : filler.length - 1);
            assert.ok(!rest.toString().includes(secret), text);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it('masks the longer of two secrets whole, though the other is a part of it', () => {
    const redactor = new Redactor();
    redactor.add('secret');
    redactor.add('secret-and-more');
    assert.equal(redactor.redact('x secret-and-more y secret z'), 'x ••• y ••• z');
  });

  it('masks a very short secret only where it stands alone', () => {
    assert.equal(redacted('a', 'a plain text with a'), '••• plain text with •••');
  });

  it('masks a long secret that is cut off as well, but for the last few letters', () => {
    const secret = 'SUAIBDPBAUTWCWBKIO6XHQNINK5FWJW4OHLXC3HQ2KFE4PEJUA44CNHTC4';
    assert.equal(redacted(secret, `bad seed ${secret.slice(0, 48)}`), 'bad seed •••');
    assert.equal(redacted(secret, `bad seed ${secret.slice(10)}`), `bad seed ${secret.slice(10, 16)}•••`);
  });

  it('masks secrets that overlap, or follow one another, as one', () => {
    const redactor = new Redactor();
    redactor.add('abcdefgh');
    redactor.add('defghijk');
    assert.equal(redactor.redact('abcdefghijk abcdefghdefghijk'), '••• •••');
  });

  it('forgets none of ten thousand secrets', () => {
    const redactor = new Redactor();
    const all = Array.from({ length: 10_000 }, (_, number) => `${header}.token-${number * 7919}.${number}`);
    for (const one of all) redactor.add(one);
    for (const one of all) assert.equal(redactor.redact(`denied: ${one}!`), 'denied: •••!');
  });

  it('takes secrets of any length', () => {
    for (const length of [32_001, 999_999]) {
      const secret = lettersOf(length);
      const encoded = Buffer.from(secret).toString('base64');
      assert.equal(redacted(secret, `x ${secret} y ${encoded} z`), 'x ••• y ••• z');
      assert.equal(redacted(secret, 'nothing to hide'), 'nothing to hide');
    }
  });

  it('never throws, whatever the secrets and the text hold', () => {
    fc.assert(
      fc.property(fc.array(anyText, { maxLength: 8 }), anyText, (all, text) => {
        const redactor = new Redactor();
        for (const one of all) redactor.add(one);
        redactor.redact(`${text}${all.join(text)}`);
      }),
    );
  });

  for (const [what, make] of Object.entries({
    'letters of a scheme': (length: number) => 'a'.repeat(length),
    'many schemes': (length: number) => 'a://'.repeat(length / 4),
    'many @': (length: number) => `a://${'@'.repeat(length)}`,
    'the start of a secret, over and over': (length: number) => `${header.slice(0, -1)}?`.repeat(length / 47),
    'a letter that a secret repeats': (length: number) => 'k'.repeat(length),
    'a very short secret, over and over': (length: number) => 'x '.repeat(length / 2),
  })) {
    it(`reads each character of a text a few times at most: ${what}`, () => {
      const redactor = new Redactor();
      for (const secret of ['x', 'hunter22', `${'k'.repeat(32_000)}b`, header, lettersOf(1000)])
        redactor.add(secret);
      const few = readsDuring(() => redactor.redact(make(12_000)));
      for (let number = 0; number < 100; number++) redactor.add(`${header}.${number}.${lettersOf(200)}`);
      assert.equal(
        readsDuring(() => redactor.redact(make(12_000))),
        few,
        'the number of secrets matters',
      );
      assert.ok(few >= 12_000 && few <= 25 * 12_000, String(few));
      const more = readsDuring(() => redactor.redact(make(24_000)));
      assert.ok(more <= 2.1 * few, `${few} for the text, ${more} for twice as much`);
    });
  }

  it('reads a secret that is twice as long twice as often', () => {
    const [few, more] = [20_000, 40_000].map((length) =>
      readsDuring(() => {
        new Redactor().add(lettersOf(length));
      }),
    ) as [number, number];
    assert.ok(few > 0 && more <= 2.1 * few, `${few}, ${more}`);
  });

  it('masks what stands before the @ of any URL, known or not', () => {
    const redactor = new Redactor();
    assert.equal(redactor.redact('dial nats://u:p@ss@host:4222 failed'), 'dial nats://•••@host:4222 failed');
    assert.equal(redactor.redact('tls://token@h, nats://h2'), 'tls://•••@h, nats://h2');
    assert.equal(redactor.redact('nats://host:4222/a@b'), 'nats://host:4222/a@b');
  });

  it('redacts each text of a problem and each line of a log', () => {
    const redactor = new Redactor();
    redactor.add('hunter22');
    const problem = redactor.problem({
      what: verbatim('hunter22'),
      why: verbatim('x hunter22'),
      remedy: verbatim('hunter22 y'),
      kind: 'other',
    });
    assert.deepEqual(problem, { what: '•••', why: 'x •••', remedy: '••• y', kind: 'other' });
    const lines: string[] = [];
    const note = (line: string): void => {
      lines.push(line);
    };
    const logger = lateLogger(() => ({ debug: note, info: note, warn: note, error: note }), redactor.redact);
    for (const level of ['debug', 'info', 'warn', 'error'] as const) logger[level]('hunter22');
    assert.deepEqual(lines, ['•••', '•••', '•••', '•••']);
  });

  it('takes a secret out of what a text is made of, and out of what stands in that', () => {
    const redactor = new Redactor();
    for (const secret of ['hunter22', '20260117', 'two words of it']) redactor.add(secret);
    const kept = (what: Text): Text => redactor.problem({ what }).what;
    assert.deepEqual(kept(msg('{0} does not accept the token', 'hunter22')), [
      '{0} does not accept the token',
      '•••',
    ]);
    assert.deepEqual(kept(msg('None: {0}', msg('{0} ({1})', 'nats://u:pw@h:4222', 20260117))), [
      'None: {0}',
      ['{0} ({1})', 'nats://•••@h:4222', '•••'],
    ]);
    assert.deepEqual(kept(msg('{0} of {1}', 7, 'h1')), ['{0} of {1}', 7, 'h1']);
    // Of what only is a secret once it is put together, no piece is kept.
    assert.equal(kept(msg('Lost: two {0} of it', 'words')), 'Lost: •••');
    setBundle({ 'Lost {0} here': 'Hier ging etwas verloren' });
    assert.deepEqual(
      kept(msg('Lost {0} here', 'hunter22')),
      ['Lost {0} here', '•••'],
      'though it is not seen',
    );
    setBundle({});
  });
});
