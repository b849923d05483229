import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { copyAs, type CommandTarget } from '../../../src/history/copyAs';
import { powershellText, shellOf, shellQuote } from '../../../src/history/shellQuote';

describe('A reset as text', () => {
  const both = { resources: ['library.>', 'library.book.*'], access: ['library.>'] };
  const tokens = { tids: ['12', 'a "b"'], subject: 'auth.login.renew' };
  const patterns = fc.array(
    fc.string({
      unit: fc.constantFrom(...Array.from('ab.*>\'"\\$`!%&|{}()^;#~-=,')),
      minLength: 1,
      maxLength: 12,
    }),
    { minLength: 1 },
  );

  it('is the message as it travels', () => {
    assert.equal(copyAs(both, 'message', 'posix'), JSON.stringify(both));
  });

  it('is a nats command, quoted for the shell', () => {
    const message = { resources: ["it's.>"] };
    const command = (shell: Parameters<typeof copyAs>[2]): string => copyAs(message, 'natsPub', shell);
    assert.equal(command('posix'), String.raw`nats pub system.reset '{"resources":["it'\''s.>"]}'`);
    assert.equal(command('fish'), String.raw`nats pub system.reset '{"resources":["it\'s.>"]}'`);
    assert.equal(command('powershell'), `'{"resources":["it''s.>"]}' | nats pub system.reset --force-stdin`);
    assert.equal(command('cmd'), String.raw`nats pub system.reset ^"{\^"resources\^":[\^"it's.^>\^"]}^"`);
    assert.equal(
      copyAs(tokens, 'natsPub', 'posix'),
      String.raw`nats pub system.tokenReset '{"tids":["12","a \"b\""],"subject":"auth.login.renew"}'`,
    );
  });

  it('is a nats command that names its context or its servers, for each shell', () => {
    const command = (shell: Parameters<typeof copyAs>[2], target: CommandTarget): string =>
      copyAs({ resources: ['a'] }, 'natsPub', shell, target);
    const local = { context: 'local' };
    for (const shell of ['posix', 'fish'] as const)
      assert.equal(command(shell, local), `nats pub --context local system.reset '{"resources":["a"]}'`);
    assert.equal(
      command('powershell', local),
      `'{"resources":["a"]}' | nats pub --context local system.reset --force-stdin`,
    );
    assert.match(command('cmd', local), /^nats pub --context local system\.reset \^"/);
    assert.match(
      command('posix', { servers: ['nats://h1:4222'] }),
      /^nats pub --server nats:\/\/h1:4222 system\.reset /,
    );
    assert.match(
      command('posix', { context: 'dev', servers: ['nats://h1:4222', 'tls://[::1]:4222'] }),
      /^nats pub --context dev '--server=nats:\/\/h1:4222,tls:\/\/\[::1\]:4222' system\.reset /,
    );
  });

  it('names its context through a real shell, whatever that is called', () => {
    const names = fc.string({
      unit: fc.constantFrom(...Array.from(' ab-$`\'"*!~#é')),
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(names, (context) => {
        const command = copyAs({ resources: ['a'] }, 'natsPub', 'posix', { context });
        const out = execFileSync('sh', ['-c', command.replace(/^nats pub/, String.raw`printf '%s\n'`)], {
          encoding: 'utf8',
        });
        assert.ok(
          [`--context\n${context}\n`, `--context=${context}\n`].some((flag) => out.startsWith(flag)),
          out,
        );
      }),
      { numRuns: 30 },
    );
  });

  it('keeps the nats command from taking double braces for a template', () => {
    const command = copyAs({ resources: ['a.{{ID}}'] }, 'natsPub', 'posix');
    assert.equal(command, `nats pub system.reset '{"resources":["a.{{ID}}"]}' --no-templates`);
  });

  it('reaches the program as it was, through a real shell, whatever the patterns hold', () => {
    fc.assert(
      fc.property(patterns, (resources) => {
        const command = copyAs({ resources }, 'natsPub', 'posix').replace(
          'nats pub system.reset',
          'printf %s',
        );
        const out = execFileSync('sh', ['-c', command.replace(/ --no-templates$/, '')], { encoding: 'utf8' });
        assert.deepEqual(JSON.parse(out), { resources });
      }),
      { numRuns: 30 },
    );
  });

  it('reaches a program through cmd as it was, by the rules of cmd and of the program', () => {
    fc.assert(
      fc.property(patterns, (resources) => {
        const text = JSON.stringify({ resources });
        assert.equal(programText(cmdText(shellQuote(text, 'cmd'))), text);
      }),
    );
  });

  it('is code for go-res, ResgateIO.Service and nats', () => {
    assert.equal(
      copyAs(both, 'goRes', 'posix'),
      's.Reset([]string{"library.>", "library.book.*"}, []string{"library.>"})',
    );
    assert.equal(copyAs({ access: ['a'] }, 'goRes', 'posix'), 's.Reset(nil, []string{"a"})');
    assert.equal(copyAs({ resources: ['a'] }, 'cSharp', 'posix'), 'service.Reset(new[] { "a" }, null);');
    assert.equal(
      copyAs(both, 'javaScript', 'posix'),
      'nc.publish("system.reset", JSON.stringify({ resources: ["library.>", "library.book.*"], access: ["library.>"] }));',
    );
    assert.equal(
      copyAs(tokens, 'goRes', 'posix'),
      String.raw`s.TokenReset("auth.login.renew", "12", "a \"b\"")`,
    );
    assert.equal(
      copyAs(tokens, 'cSharp', 'posix'),
      String.raw`service.TokenReset("auth.login.renew", "12", "a \"b\"");`,
    );
  });

  it('is JavaScript that publishes the same message', () => {
    fc.assert(
      fc.property(patterns, (resources) => {
        const sent: unknown[] = [];
        const nc = { publish: (...values: unknown[]) => sent.push(values) };
        runInNewContext(copyAs({ resources }, 'javaScript', 'posix'), { nc });
        assert.deepEqual(sent, [['system.reset', JSON.stringify({ resources })]]);
      }),
    );
  });

  it('is quoted for the shell of the terminal', () => {
    assert.equal(shellOf('/usr/bin/fish'), 'fish');
    assert.equal(shellOf('/bin/zsh'), 'posix');
    assert.equal(shellOf(String.raw`C:\Windows\System32\cmd.exe`), 'cmd');
    assert.equal(shellOf(String.raw`C:\Program Files\PowerShell\7\pwsh.exe`), 'powershell');
    assert.equal(shellOf(''), 'posix');
    assert.equal(powershellText("a'b"), "'a''b'");
  });
});

/** What cmd passes on: a caret takes the meaning from the next character; none may be left that has one. */
function cmdText(command: string): string {
  let passed = '';
  for (let at = 0; at < command.length; at++) {
    const character = command.charAt(at);
    if (character === '^') passed += command.charAt(++at);
    else {
      assert.doesNotMatch(character, /[()%!"<>&|]/);
      passed += character;
    }
  }
  return passed;
}

/** What a Windows program takes for its only argument: backslashes before a quote are halved, an odd one makes it a text. */
function programText(argument: string): string {
  let text = '';
  let isQuoted = false;
  for (const [, backslashes = '', rest = ''] of argument.matchAll(/(\\*)([^\\]?)/g)) {
    if (rest !== '"') {
      text += backslashes + rest;
      continue;
    }
    text += '\\'.repeat(Math.floor(backslashes.length / 2));
    if (backslashes.length % 2 === 1) text += '"';
    else isQuoted = !isQuoted;
  }
  assert.equal(isQuoted, false);
  return text;
}
