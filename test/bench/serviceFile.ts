/** A file that is edited, and the text after each edit, with a pattern that must then be known. */
export interface EditedFile {
  readonly language: string;
  readonly file: string;
  readonly text: string;
  readonly typed: (edit: number) => { readonly text: string; readonly pattern: string };
}

/** Service code of about so many lines, with a handler in every tenth, in two languages. */
export function serviceFile(lines: number): EditedFile[] {
  return [
    edited(
      'Go',
      '/bench/main.go',
      lines,
      'package main\n\nimport "github.com/jirenius/go-res"\n\nfunc main() {\n\ts := res.NewService("library")\n',
      (index, name) =>
        `\ts.Handle("${name}.$id", res.GetModel(func(r res.ModelRequest) {\n\t\tid := r.PathParam("id")\n\t\tif id == "" {\n\t\t\tr.NotFound()\n\t\t\treturn\n\t\t}\n\t\titem := load(id, ${index})\n\t\tr.Model(item)\n\t\tcount(id)\n\t}))\n`,
      '}\n',
    ),
    edited(
      'TypeScript',
      '/bench/main.ts',
      lines,
      "import { connect, JSONCodec } from 'nats';\n\nconst codec = JSONCodec();\n\nexport async function main(): Promise<void> {\n  const nc = await connect();\n",
      (index, name) =>
        `  nc.subscribe('get.library.${name}.*', {\n    callback: (error, message) => {\n      if (error) throw error;\n      const id = message.subject.split('.').pop();\n      const item = load(id, ${index});\n      if (!item) return;\n      count(id);\n      message.respond(codec.encode({ result: { model: item } }));\n    },\n  });\n`,
      '}\n',
    ),
  ];
}

function edited(
  language: string,
  file: string,
  lines: number,
  head: string,
  handler: (index: number, name: string) => string,
  foot: string,
): EditedFile {
  const count = Math.floor(lines / 10);
  const text = (changed: number, name: string): string =>
    head +
    Array.from({ length: count }, (_, index) =>
      handler(index, index === changed ? name : `item${index}`),
    ).join('') +
    foot;
  return {
    language,
    file,
    text: text(-1, ''),
    typed: (edit) => {
      const name = `typed${edit}`;
      return { text: text((edit * 37) % count, name), pattern: `library.${name}.*` };
    },
  };
}
