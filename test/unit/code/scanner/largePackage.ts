/** Packages of generated code that uses NATS everywhere and RES nowhere, half of it tests, in several languages. */
export interface GeneratedFile {
  readonly name: string;
  readonly text: string;
}

/** What makes a package of so many files: file number `index`, and how many functions it has. */
type Generator = (index: number, files: number, functions: number) => GeneratedFile;

const repeat = (count: number, text: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => text(index)).join('');

/** The file whose functions a file calls: in groups of ten, so that a larger package has no longer chains of calls. */
const nextOf = (index: number, files: number): number =>
  Math.min(index - (index % 10) + ((index + 2) % 10), files - 1);

/**
 * All files share the type `Server` and its interface, call helpers of each other's, and give subjects to functions that
 * have many callers.
 */
export const largePackages: Readonly<Record<string, Generator>> = {
  go: (index, files, functions) => {
    const isTest = index % 2 === 1;
    const other = nextOf(index, files);
    const name = isTest ? `part${index}_test.go` : `part${index}.go`;
    const type = `part${index}`;
    const text = `package server\n\nimport "github.com/nats-io/nats.go"\n\ntype ${type} struct {\n\tserver *Server\n\tnc     *nats.Conn\n\topts   *Options\n\tname   string\n}\n\nfunc (p *${type}) Close() error { return p.server.Close() }\n\nfunc (p *${type}) Handle(subject string, data []byte) error {\n\treturn p.nc.Publish(subject, data)\n}\n\n${repeat(
      functions,
      (each) =>
        `func run${index}x${each}(s *Server, nc *nats.Conn, subject string) error {\n\topts := &Options{Host: "host${index}", Port: ${each}}\n\tp := &${type}{server: s, nc: nc, opts: opts, name: subject}\n\tdefer p.Close()\n\tp.opts.Host = opts.Host + subject\n\tif _, err := nc.Subscribe(subject+".>", func(m *nats.Msg) { p.Handle(m.Subject, m.Data) }); err != nil {\n\t\treturn err\n\t}\n\tvar h Handler = p\n\th.Handle(p.name, nil)\n\tpublish(nc, subject+"-${each}")\n\treturn run${other}x${each}(s, nc, p.opts.Host)\n}\n\n`,
    )}`;
    const shared = `type Handler interface {\n\tHandle(subject string, data []byte) error\n\tClose() error\n}\n\ntype Options struct {\n\tHost string\n\tPort int\n}\n\ntype Server struct {\n\tnc   *nats.Conn\n\topts *Options\n}\n\nfunc (s *Server) Close() error { return nil }\n\nfunc publish(nc *nats.Conn, subject string) error { return nc.Publish(subject, nil) }\n`;
    return { name, text: index === 0 ? text + shared : text };
  },
  typescript: (index, files, functions) => ({
    name: `part${index}${index % 2 === 1 ? '.test' : ''}.ts`,
    text: `import { connect } from 'nats';\n${
      index === 0
        ? `export abstract class Base {\n  constructor(readonly nc: any, public name: string) {}\n  abstract handle(subject: string): void;\n  send(subject: string) { this.nc.publish(subject, ''); }\n}\nexport function publish(nc: any, subject: string) { nc.publish(subject, ''); }\nconst send = publish;\n`
        : `import { Base, publish as send } from './part0';\n`
    }import next from './part${nextOf(index, files)}${nextOf(index, files) % 2 === 1 ? '.test' : ''}';\n\nexport default class Part${index} extends Base {\n  handle(subject: string) {\n    this.nc.subscribe(subject + '.>', {});\n    this.send(this.name + subject);\n  }\n${repeat(
      functions,
      (each) =>
        `  run${index}x${each}(nc: any, subject: string) {\n    const part = new Part${index}(nc, subject);\n    part.name = subject + ${each};\n    send(nc, part.name);\n    part.handle(subject);\n    nc.request(subject);\n    new next(nc, subject).run${nextOf(index, files)}x${each}(nc, part.name);\n  }\n`,
    )}}\n\nexport async function start() {\n  new Part${index}(await connect(), 'part').handle('orders.${index}');\n}\n`,
  }),
  csharp: (index, files, functions) => ({
    name: `Part${index}${index % 2 === 1 ? 'Tests' : ''}.cs`,
    text: `using NATS.Client;\nnamespace Shop;\n\n${index === 0 ? 'public abstract class Base : IHandler\n{\n  protected IConnection nc; public string Name;\n  public Base(IConnection nc, string name) { this.nc = nc; Name = name; }\n  public abstract void Handle(string subject);\n  public void Send(string subject) { nc.Publish(subject, null); }\n}\npublic interface IHandler { void Handle(string subject); }\n\n' : ''}public class Part${index} : Base\n{\n  public Part${index}(IConnection nc, string name) : base(nc, name) { }\n  public override void Handle(string subject) { nc.SubscribeAsync(subject + ".>"); Send(Name + subject); }\n${repeat(
      functions,
      (each) =>
        `  public void Run${index}x${each}(IConnection nc, string subject)\n  {\n    var part = new Part${index}(nc, subject);\n    part.Name = subject + ${each};\n    part.Handle(subject);\n    IHandler handler = part;\n    handler.Handle(part.Name);\n    nc.Publish(subject, null);\n    new Part${nextOf(index, files)}(nc, part.Name).Run${nextOf(index, files)}x${each}(nc, subject);\n  }\n`,
    )}}\n`,
  }),
  java: (index, files, functions) => ({
    name: `Part${index}${index % 2 === 1 ? 'Test' : ''}.java`,
    text: `package shop;\n\nimport io.nats.client.*;\n\n${index === 0 ? 'abstract class Base implements Handler {\n  protected Connection nc; String name;\n  Base(Connection nc, String name) { this.nc = nc; this.name = name; }\n  void send(String subject) { nc.publish(subject, null); }\n}\ninterface Handler { void handle(String subject); }\n\n' : ''}class Part${index} extends Base {\n  Part${index}(Connection nc, String name) { super(nc, name); }\n  public void handle(String subject) { nc.subscribe(subject + ".>"); send(name + subject); }\n${repeat(
      functions,
      (each) =>
        `  void run${index}x${each}(Connection nc, String subject) {\n    Part${index} part = new Part${index}(nc, subject);\n    part.name = subject + ${each};\n    part.handle(subject);\n    Handler handler = part;\n    handler.handle(part.name);\n    nc.publish(subject, null);\n    new Part${nextOf(index, files)}(nc, part.name).run${nextOf(index, files)}x${each}(nc, subject);\n  }\n`,
    )}}\n`,
  }),
  python: (index, files, functions) => ({
    name: index % 2 === 1 ? `part${index}_test.py` : `part${index}.py`,
    text: `import nats\n${index === 0 ? '\n\nclass Base:\n    def __init__(self, nc, name):\n        self.nc = nc\n        self.name = name\n\n    async def send(self, subject):\n        await self.nc.publish(subject, b"")\n' : 'from .part0 import Base\n'}\n\nclass Part${index}(Base):\n    async def handle(self, subject):\n        await self.nc.subscribe(subject + ".>")\n        await self.send(self.name + subject)\n${repeat(
      functions,
      (each) =>
        `\n    async def run${each}(self, nc, subject):\n        from .part${nextOf(index, files)}${nextOf(index, files) % 2 === 1 ? '_test' : ''} import Part${nextOf(index, files)} as Next\n        part = Part${index}(nc, subject)\n        part.name = subject + "${each}"\n        await part.handle(subject)\n        await nc.publish(subject, b"")\n        await Next(nc, part.name).run${each}(nc, subject)\n`,
    )}`,
  }),
};

/** The files of a package, which belong into one folder. */
export function largePackage(language: string, files: number, functions: number): GeneratedFile[] {
  const generate = largePackages[language];
  if (!generate) throw new Error(`There is no large package in ${language}`);
  return Array.from({ length: files }, (_, index) => generate(index, files, functions));
}
