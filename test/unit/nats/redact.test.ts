import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Redactor } from '../../../src/nats/redact';

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

describe('the redactor', () => {
  it('leaves no secret in a text: plain, URL-encoded, or as JSON', () => {
    fc.assert(
      fc.property(secrets, around, around, (secret, before, after) => {
        fc.pre(!'•••'.includes(secret));
        for (const form of [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)]) {
          const text = redacted(secret, `${before}${form}${after}`);
          // What stands around may happen to build the secret anew with the mask's neighbours; it can't here.
          fc.pre(!`${before}•••${after}`.includes(form));
          assert.ok(!text.includes(form), text);
        }
      }),
    );
  });

  it('leaves no secret in a longer base64 text, wherever it starts', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[!-~]{8,40}$/), around, around, (secret, before, after) => {
        for (const encoding of ['base64', 'base64url'] as const) {
          const text = redacted(secret, Buffer.from(`${before}${secret}${after}`).toString(encoding));
          assert.ok(!Buffer.from(text.replaceAll('•••', ''), encoding).toString().includes(secret));
          assert.match(text, /•••/);
        }
      }),
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
      what: 'hunter22',
      why: 'x hunter22',
      remedy: 'hunter22 y',
      kind: 'other',
    });
    assert.deepEqual(problem, { what: '•••', why: 'x •••', remedy: '••• y', kind: 'other' });
    const lines: string[] = [];
    const note = (line: string): void => {
      lines.push(line);
    };
    const logger = redactor.logger({ debug: note, info: note, warn: note, error: note });
    for (const level of ['debug', 'info', 'warn', 'error'] as const) logger[level]('hunter22');
    assert.deepEqual(lines, ['•••', '•••', '•••', '•••']);
  });
});
