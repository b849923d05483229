/** A file that is edited, and the text after each edit, with a pattern that must then be known. */
export interface EditedFile {
  readonly language: string;
  readonly file: string;
  readonly text: string;
  readonly typed: (edit: number) => { readonly text: string; readonly pattern: string };
}

/** Service code of 1,000 lines, with a handler in every tenth, in functions of so many lines, in two languages. */
export function serviceFiles(linesOfFunction: number): EditedFile[] {
  return [
    edited('Go', '/bench/main.go', linesOfFunction, {
      head: 'package main\n\nimport "github.com/jirenius/go-res"\n\n',
      open: (index) => `func serve${index}(s *res.Service) {\n`,
      handler: (index, name) =>
        `\ts.Handle("${name}.$id", res.GetModel(func(r res.ModelRequest) {\n\t\tid := r.PathParam("id")\n\t\tif id == "" {\n\t\t\tr.NotFound()\n\t\t\treturn\n\t\t}\n\t\titem := load(id, ${index})\n\t\tr.Model(item)\n\t\tcount(id)\n\t}))\n`,
      main: (calls) =>
        `func main() {\n\ts := res.NewService("library")\n${calls.map((index) => `\tserve${index}(s)\n`).join('')}}\n`,
    }),
    edited('TypeScript', '/bench/main.ts', linesOfFunction, {
      head: "import { connect, JSONCodec, type NatsConnection } from 'nats';\n\nconst codec = JSONCodec();\n\n",
      open: (index) => `function serve${index}(nc: NatsConnection): void {\n`,
      handler: (index, name) =>
        `  nc.subscribe('get.library.${name}.*', {\n    callback: (error, message) => {\n      if (error) throw error;\n      const id = message.subject.split('.').pop();\n      const item = load(id, ${index});\n      if (!item) return;\n      count(id);\n      message.respond(codec.encode({ result: { model: item } }));\n    },\n  });\n`,
      main: (calls) =>
        `export async function main(): Promise<void> {\n  const nc = await connect();\n${calls.map((index) => `  serve${index}(nc);\n`).join('')}}\n`,
    }),
  ];
}

/** How a language writes a service. */
interface Writing {
  readonly head: string;
  readonly open: (index: number) => string;
  readonly handler: (index: number, name: string) => string;
  readonly main: (calls: readonly number[]) => string;
}

function edited(language: string, file: string, linesOfFunction: number, writing: Writing): EditedFile {
  const handlers = 100;
  const inFunction = linesOfFunction / 10;
  /** Each edit renames one handler; `edit` is the last one. */
  const nameOf = (handler: number, edit: number): string => {
    for (let last = edit; last >= 0 && last > edit - handlers; last--)
      if ((last * 37) % handlers === handler) return `typed${last}`;
    return `item${handler}`;
  };
  const text = (edit: number): string => {
    const calls = Array.from({ length: handlers / inFunction }, (_, index) => index);
    const functions = calls.map((index) => {
      const own = Array.from({ length: inFunction }, (_, offset) => index * inFunction + offset);
      const code = own.map((each) => writing.handler(each, nameOf(each, edit)));
      return `${writing.open(index)}${code.join('')}}\n\n`;
    });
    return writing.head + functions.join('') + writing.main(calls);
  };
  return {
    language,
    file,
    text: text(-1),
    typed: (edit) => ({ text: text(edit), pattern: `library.typed${edit}.*` }),
  };
}
