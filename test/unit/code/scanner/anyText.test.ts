import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { sourceFiles } from '../../../../src/code/scanner/files/files';
import { checkPattern } from '../../../../src/res/pattern';
import { languages } from '../../../../src/code/scanner/languages/index';
import { Scanner } from '../../../../src/code/scanner/scanner';
import { grammarFolder } from './grammarFolder';

/** Every fixture, as raw material. */
const sources = sourceFiles(path.join(__dirname, 'fixtures'), languages).map((file) => ({
  extension: path.extname(file),
  text: readFileSync(file, 'utf8'),
}));

describe('the scanner', function () {
  // A hundred and more files a test, and every grammar is loaded once.
  this.timeout(60_000);
  const scanner = new Scanner(languages, grammarFolder);

  async function isTaken(file: string, text: string): Promise<void> {
    const results = await scanner.apply([{ file, text }]);
    for (const { facts } of results.filter((result) => result.file === file)) {
      for (const { pattern, line, column } of facts) {
        assert.equal(checkPattern(pattern.replace(/^\?/, 'x')), undefined, pattern);
        assert.ok(line > 0 && column > 0 && line <= text.split('\n').length);
      }
    }
  }

  it('takes every source cut off anywhere', async () => {
    const cut = fc.constantFrom(...sources).chain(({ extension, text }) =>
      fc.record({
        extension: fc.constant(extension),
        text: fc.nat(text.length).map((end) => text.slice(0, end)),
      }),
    );
    await fc.assert(
      fc.asyncProperty(cut, ({ extension, text }) => isTaken(`/w/cut${extension}`, text)),
      { numRuns: 150 },
    );
  });

  it('takes every source with a piece missing or strange', async () => {
    const broken = fc.constantFrom(...sources).chain(({ extension, text }) =>
      fc
        .tuple(fc.nat(text.length), fc.nat(60), fc.string({ unit: 'grapheme', maxLength: 20 }))
        .map(([at, length, filling]) => ({
          extension,
          text: text.slice(0, at) + filling + text.slice(at + length),
        })),
    );
    await fc.assert(
      fc.asyncProperty(broken, ({ extension, text }) => isTaken(`/w/broken${extension}`, text)),
      { numRuns: 150 },
    );
  });

  for (const { name, extensions, sieve } of languages.all) {
    it(`takes any text for ${name} (${extensions[0] ?? ''})`, async () => {
      const anything = fc
        .string({ unit: 'binary', maxLength: 300 })
        .map((text) => `${sieve[0] ?? ''}${text}`);
      await fc.assert(
        fc.asyncProperty(anything, (text) => isTaken(`/w/any${extensions[0] ?? ''}`, text)),
        { numRuns: 60 },
      );
    });
  }

  it('takes code that is nested too deeply to follow', async () => {
    const deep = `nats.subscribe(${'['.repeat(20_000)}`;
    await isTaken('/w/deep.js', deep);
    await isTaken('/w/plus.js', `nats.subscribe('get.a'${" + '.b'".repeat(5_000)})`);
  });

  it('takes names that are defined in circles', async () => {
    await isTaken(
      '/w/circle.js',
      `const nats = a; let a = b + b; let b = a + c(a); function c(x) { return c(x + a) + b; }
      nats.subscribe('get.' + a + c(b)); class K extends K { x = this.x; } nats.subscribe(new K().x);`,
    );
  });

  for (const [extension, text] of Object.entries({
    ts: "import { connect } from 'nats'; class A extends B {} class B extends A {} const nc = await connect(); nc.subscribe('get.' + new A().x);",
    py: 'import nats\nclass A(B): pass\nclass B(A): pass\nasync def f():\n  nc = await nats.connect()\n  await nc.subscribe("get." + A().x)',
    cs: 'using NATS.Client; class Box<T> : Box { void Go(IConnection c) { c.SubscribeAsync("get." + new Box<int>().X); c.SubscribeAsync("get." + this.Y); } }',
    java: 'import io.nats.client.*; class A extends B { void go(Connection c) { c.subscribe("get." + this.x); } } class B extends A {}',
    php: '<?php use Basis\\Nats\\Client; class A extends B { function go(Client $c) { $c->subscribe("get." . $this->x, null); } } class B extends A {}',
    dart: "import 'package:dart_nats/dart_nats.dart'; class A extends B { void go(Client c) { c.sub('get.' + this.x); } } class B extends A {}",
    go: 'package a\nimport "github.com/nats-io/nats.go"\ntype A struct { *A; *B }\ntype B struct { *A }\nfunc f(nc *nats.Conn, a A) { nc.Subscribe("get."+a.x, nil); nc.Subscribe("get."+(A{}).x, nil) }',
  })) {
    it(`takes classes that are their own base (.${extension})`, async () => {
      await isTaken(`/w/bases.${extension}`, text);
    });
  }
});
