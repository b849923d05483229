import assert from 'node:assert/strict';
import { languages } from '../../../../src/code/scanner/languages/index';
import { Scanner } from '../../../../src/code/scanner/scanner';
import { grammarFolder } from './grammarFolder';

/** Programs whose service has its name from outside of the code, and what sets it. */
const programs: readonly (readonly [file: string, text: string, namedBy: object])[] = [
  [
    'main.go',
    'package main\nimport (\n\t"os"\n\tres "github.com/jirenius/go-res"\n)\nfunc main() {\n\tres.NewService(os.Getenv("NAME"))\n}\n',
    { env: 'NAME' },
  ],
  [
    'viper.go',
    'package main\nimport (\n\t"github.com/spf13/viper"\n\tres "github.com/jirenius/go-res"\n)\nfunc main() {\n\tres.NewService(viper.GetString("service.name"))\n}\n',
    { config: 'service.name' },
  ],
  [
    'main.ts',
    "import { connect } from 'nats';\nconst name = process.env.NAME;\nconst nc = await connect();\nnc.subscribe(`get.${name}.books`, { callback: () => ({ result: { model: {} } }) });\nnc.subscribe(`access.${name}.>`);\n",
    { env: 'NAME' },
  ],
  [
    'main.py',
    'import os, nats\nNAME = os.environ["NAME"]\nasync def main():\n    nc = await nats.connect()\n    await nc.subscribe(f"get.{NAME}.books")\n    await nc.subscribe(f"access.{NAME}.>")\n',
    { env: 'NAME' },
  ],
  [
    'Main.cs',
    'using ResgateIO.Service;\nclass P { static void Main() { var s = new ResService(builder.Configuration["Service:Name"]); } }\n',
    { config: 'Service:Name' },
  ],
  [
    'Main.java',
    'import io.nats.client.*;\nclass Main { static final String NAME = System.getenv("NAME"); void f(Connection nc) { nc.createDispatcher(m -> m.respond("{\\"result\\":{\\"model\\":{}}}")).subscribe("get." + NAME + ".books"); } }\n',
    { env: 'NAME' },
  ],
  [
    'main.php',
    "<?php\nuse Basis\\Nats\\Client;\n$client->subscribe('get.' . config('res.name') . '.books', fn($m) => $m->reply(['result' => ['model' => []]]));\n",
    { config: 'res.name' },
  ],
  [
    'main.rs',
    'async fn f(nc: async_nats::Client) {\n    let name = std::env::var("NAME").unwrap();\n    nc.subscribe(format!("get.{name}.books")).await;\n    let r = r#"{"result":{"model":{}}}"#;\n}\n',
    { env: 'NAME' },
  ],
  [
    'main.dart',
    "import 'dart:io';\nimport 'package:dart_nats/dart_nats.dart';\nfinal name = Platform.environment['NAME'];\nvoid f(Client nc) { nc.sub('get.$name.books').stream.listen((m) => m.respondString('{\"result\":{\"model\":{}}}')); }\n",
    { env: 'NAME' },
  ],
];

describe('a service whose name is not in the code', () => {
  for (const [file, text, namedBy] of programs) {
    it(`is one whose name is unknown, with what sets it, in ${file}`, async () => {
      const [result] = await new Scanner(languages, grammarFolder).apply([{ file: `/w/${file}`, text }]);
      const services = result?.facts.filter(({ of }) => of === 'service') ?? [];
      assert.deepEqual(
        services.map((fact) => [fact.kind, fact.pattern, fact.namedBy]),
        [['unresolved', '?.>', namedBy]],
      );
    });
  }

  it('has the name that the code falls back to', async () => {
    const text =
      "import { connect } from 'nats';\nconst nc = await connect();\nnc.subscribe(`get.${process.env.NAME ?? 'library'}.books`, { callback: () => ({ result: { model: {} } }) });\n";
    const [result] = await new Scanner(languages, grammarFolder).apply([{ file: '/w/a.ts', text }]);
    assert.deepEqual(
      result?.facts.map(({ kind, pattern }) => `${kind} ${pattern}`),
      ['service library.>', 'handler library.books'],
    );
  });

  it('is not named by what sets only a piece of its name', async () => {
    const text =
      "import { connect } from 'nats';\nconst nc = await connect();\nnc.subscribe(`get.${process.env.STAGE}-library.books`, { callback: () => ({ result: { model: {} } }) });\nnc.subscribe('access.x');\n";
    const [result] = await new Scanner(languages, grammarFolder).apply([{ file: '/w/a.ts', text }]);
    const unnamed = result?.facts.filter(({ kind }) => kind === 'unresolved') ?? [];
    assert.deepEqual(
      unnamed.map(({ pattern, namedBy }) => [pattern, namedBy]),
      [['?.books', undefined]],
    );
  });

  it('owns what starts with its name, and nothing that starts with another one that is unknown', async () => {
    const text =
      'package main\nimport (\n\t"os"\n\tres "github.com/jirenius/go-res"\n)\nfunc main() {\n\tname := os.Getenv("NAME")\n\ts := res.NewService(name)\n\ts.SetOwnedResources([]string{name + ".books", os.Getenv("OTHER") + ".>", "shared.>"}, nil)\n}\n';
    const [result] = await new Scanner(languages, grammarFolder).apply([{ file: '/w/main.go', text }]);
    const service = result?.facts.find(({ of }) => of === 'service');
    assert.deepEqual(service?.owned?.resources, ['?.books', 'shared.>']);
  });
});
