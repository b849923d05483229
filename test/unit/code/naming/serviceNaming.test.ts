import type { ServiceName } from '../../../../src/code/index/serviceNames';
import assert from 'node:assert/strict';
import { FolderNames } from '../../../../src/code/naming/folderNames';
import { nameService, type NamingPorts, type ToName } from '../../../../src/code/naming/serviceNaming';

const byEnv: ToName = { folder: '/w', source: { env: 'NAME' }, startedIn: ['main.go'] };

/** A person who answers, and settings that take what is written unless there is a reason why not. */
class Person {
  answer: string | undefined = 'library';
  choice: string | undefined;
  setting: unknown;
  why: string | undefined;
  readonly asked: string[] = [];
  readonly refused: string[] = [];
  readonly copies: string[][] = [];
  readonly names = new FolderNames({ settingOf: () => this.setting, report: () => undefined });

  name(service: ToName): Promise<ServiceName | undefined> {
    const ports: NamingPorts = {
      choose: (title, labels) => {
        this.asked.push(title, ...labels);
        return Promise.resolve(this.choice);
      },
      ask: ({ prompt, problemOf }) => {
        this.asked.push(prompt);
        for (const text of ['', 'two words', 'lib.*', 'a..b', 'lib?x'])
          this.refused.push(problemOf(text) ?? '');
        assert.equal(problemOf('library'), undefined);
        return Promise.resolve(this.answer);
      },
      settingOf: () => this.setting,
      write: (_, entries) => {
        if (this.why === undefined) this.setting = entries;
        this.names.forget();
        return Promise.resolve(this.why);
      },
      keep: (folder, entry) => {
        this.names.keep(folder, entry);
      },
      offerCopy: (message, text) => this.copies.push([message, text]),
    };
    return nameService(service, ports);
  }
}

describe('naming a service', () => {
  it('asks for the name, and writes it beside what stands there', async () => {
    const person = new Person();
    person.setting = [{ config: 'other', name: 'shop' }, 'damaged'];
    assert.deepEqual(await person.name(byEnv), { env: 'NAME', name: 'library' });
    assert.deepEqual(person.setting, [
      { config: 'other', name: 'shop' },
      'damaged',
      { env: 'NAME', name: 'library' },
    ]);
    assert.deepEqual(person.asked, [
      'The service’s name, which the environment variable NAME sets; for example “library”',
    ]);
    assert.deepEqual(person.copies, []);
  });

  it('puts it in the place of what can’t be used', async () => {
    const person = new Person();
    person.setting = [{ env: 'NAME', name: 'two words' }];
    await person.name(byEnv);
    assert.deepEqual(person.setting, [{ env: 'NAME', name: 'library' }]);
  });

  it('refuses in place what is no name', async () => {
    const person = new Person();
    await person.name(byEnv);
    assert.ok(person.refused.every((problem) => problem !== ''));
  });

  it('changes nothing when it is called off', async () => {
    const person = new Person();
    person.answer = undefined;
    assert.equal(await person.name(byEnv), undefined);
    const shared = { ...byEnv, startedIn: ['a.go', 'b.go'] };
    assert.equal(await person.name(shared), undefined);
    assert.deepEqual([person.setting, person.copies], [undefined, []]);
  });

  it('asks which is meant where one variable names several', async () => {
    const person = new Person();
    const shared = { ...byEnv, startedIn: ['a.go', 'b.go'] };
    person.choice = 'Only in b.go';
    assert.deepEqual(await person.name({ ...shared, path: 'b.go' }), { file: 'b.go', name: 'library' });
    assert.deepEqual(person.asked.slice(0, 3), [
      'The environment variable NAME sets a name in 2 files',
      'In all 2 files',
      'Only in b.go',
    ]);
    assert.deepEqual(person.setting, [{ file: 'b.go', name: 'library' }]);
    person.choice = 'In all 2 files';
    person.answer = 'shop';
    await person.name(shared);
    assert.deepEqual(person.setting, [
      { file: 'b.go', name: 'library' },
      { env: 'NAME', name: 'shop' },
    ]);
  });

  it('offers the text to copy where it can’t be written, and lets the name count in this window', async () => {
    const person = new Person();
    person.why = 'this workspace is not trusted';
    person.setting = [{ config: 'other', name: 'shop' }];
    assert.deepEqual(await person.name(byEnv), { env: 'NAME', name: 'library' });
    assert.deepEqual(person.copies, [
      [
        '“library” was not saved: this workspace is not trusted. It counts in this window only; copy it into your settings.',
        '"res.serviceNames": [\n  {\n    "config": "other",\n    "name": "shop"\n  },\n  {\n    "env": "NAME",\n    "name": "library"\n  }\n]',
      ],
    ]);
    const expected = [
      { config: 'other', name: 'shop' },
      { env: 'NAME', name: 'library' },
    ];
    assert.deepEqual(person.names.of('/w'), expected);
    person.names.forget();
    assert.deepEqual(person.names.of('/w'), expected);
    person.setting = [{ env: 'NAME', name: 'store' }];
    person.names.forget();
    assert.equal(person.names.of('/w')[0]?.name, 'store');
  });
});

describe('the names of folders', () => {
  it('report what is wrong once, and again when the settings changed', () => {
    const reports: string[] = [];
    const names = new FolderNames({
      settingOf: () => [{ env: 'NAME', name: 'a b' }],
      report: (problem) => reports.push(problem),
    });
    names.of('/w');
    names.of('/w');
    names.of('/v');
    assert.equal(reports.length, 1);
    names.forget();
    names.of('/w');
    assert.equal(reports.length, 2);
    assert.match(reports[0] ?? '', /^Entry 1 of res\.serviceNames is not used: A space at position 2/);
  });
});
