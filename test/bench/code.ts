import { between, pick, type Random } from './random';

/** The languages of a generated workspace, by the ending of their files. */
export type Ending = 'ts' | 'js' | 'go' | 'py' | 'cs' | 'java';

const nouns = [
  ...(['account', 'batch', 'cursor', 'driver', 'editor', 'folder', 'hall', 'header', 'invoice'] as const),
  ...([
    'journal',
    'key',
    'label',
    'member',
    'order',
    'parcel',
    'queue',
    'report',
    'shelf',
    'ticket',
  ] as const),
  ...(['unit', 'vendor', 'widget', 'zone', 'buffer', 'column', 'payment', 'reader', 'session'] as const),
] as const;
const verbs = [
  'apply',
  'build',
  'check',
  'close',
  'count',
  'filter',
  'load',
  'merge',
  'parse',
  'render',
] as const;

type Words = readonly [string, ...string[]];
const asWords = (words: readonly string[]): Words => words as unknown as Words;

/** One function of no interest, as people write them, in each language. */
const functions: Record<Ending, (name: string, noun: string, random: Random) => string> = {
  ts: (name, noun, random) =>
    `/** Makes the ${noun} ready. */\nexport function ${name}(${noun}: ${title(noun)}Options, limit = ${between(random, 1, 99)}): string[] {\n  const result: string[] = [];\n  for (const item of ${noun}.items) {\n    if (item.size > limit || item.name === '${noun}') continue;\n    result.push(\`\${item.name}: \${item.size}\`);\n  }\n  return result.sort();\n}\n\n`,
  js: (name, noun, random) =>
    `// Makes the ${noun} ready.\nexport function ${name}(${noun}, limit = ${between(random, 1, 99)}) {\n  const result = [];\n  for (const item of ${noun}.items) {\n    if (item.size > limit || item.name === '${noun}') continue;\n    result.push(item.name + ': ' + item.size);\n  }\n  return result.sort();\n}\n\n`,
  go: (name, noun, random) =>
    `// ${title(name)} makes the ${noun} ready.\nfunc ${title(name)}(${noun} *${title(noun)}) ([]string, error) {\n\tresult := make([]string, 0, ${between(random, 1, 99)})\n\tfor _, item := range ${noun}.Items {\n\t\tif item.Size == 0 {\n\t\t\treturn nil, errors.New("${noun} is empty")\n\t\t}\n\t\tresult = append(result, item.Name)\n\t}\n\treturn result, nil\n}\n\n`,
  py: (name, noun, random) =>
    `def ${name}(${noun}, limit=${between(random, 1, 99)}):\n    """Makes the ${noun} ready."""\n    result = []\n    for item in ${noun}.items:\n        if item.size > limit:\n            continue\n        result.append(f"{item.name}: {item.size}")\n    return sorted(result)\n\n\n`,
  cs: (name, noun, random) =>
    `    /// <summary>Makes the ${noun} ready.</summary>\n    public static List<string> ${title(name)}(${title(noun)} ${noun}, int limit = ${between(random, 1, 99)})\n    {\n        var result = new List<string>();\n        foreach (var item in ${noun}.Items)\n        {\n            if (item.Size > limit) continue;\n            result.Add($"{item.Name}: {item.Size}");\n        }\n        return result;\n    }\n\n`,
  java: (name, noun, random) =>
    `    /** Makes the ${noun} ready. */\n    public static List<String> ${name}(${title(noun)} ${noun}) {\n        List<String> result = new ArrayList<>(${between(random, 1, 99)});\n        for (Item item : ${noun}.items()) {\n            if (item.size() == 0) {\n                throw new IllegalStateException("${noun} is empty");\n            }\n            result.add(item.name());\n        }\n        return result;\n    }\n\n`,
};

const frames: Record<Ending, (body: string, noun: string) => string> = {
  ts: (body, noun) => `import { ${title(noun)}Options } from './options';\n\n${body}`,
  js: (body, noun) => `import { ${noun}Options } from './options';\n\n${body}`,
  go: (body, noun) => `package ${noun}\n\nimport "errors"\n\n${body}`,
  py: (body, noun) => `from .options import ${title(noun)}Options\n\n\n${body}`,
  cs: (body, noun) =>
    `namespace Shop.${title(noun)};\n\npublic static class ${title(noun)}Tools\n{\n${body}}\n`,
  java: (body, noun) =>
    `package shop.${noun};\n\nimport java.util.*;\n\npublic final class ${title(noun)}Tools {\n${body}}\n`,
};

/** What opens a file that speaks RES, and its lines, in each language that the generated services are written in. */
const services: Partial<Record<Ending, (service: string, lines: number, random: Random) => string>> = {
  go: (service, lines, random) =>
    `package ${service}\n\nimport (\n\t"errors"\n\n\tres "github.com/jirenius/go-res"\n)\n\nfunc serve${title(service)}() error {\n\ts := res.NewService("${service}")\n${repeat(lines, (i) => `\ts.Handle("${pick(random, asWords(nouns))}${i}.$id", res.Access(res.AccessGranted), res.GetModel(get${i}))\n`)}\treturn s.ListenAndServe("")\n}\n\n${repeat(lines, (i) => `func get${i}(r res.ModelRequest) {\n\tif r.PathParam("id") == "" {\n\t\tr.NotFound()\n\t\treturn\n\t}\n\tr.Model(map[string]any{"owner": res.Ref("${service}.owner.${i}")})\n}\n\n`)}`,
  ts: (service, lines, random) =>
    `import { connect, JSONCodec } from 'nats';\n\nconst codec = JSONCodec();\nconst service = '${service}';\n\nexport async function serve(): Promise<void> {\n  const nc = await connect();\n${repeat(lines, (i) => `  nc.subscribe(\`get.\${service}.${pick(random, asWords(nouns))}${i}.*\`, {\n    callback: (_error, message) => {\n      message.respond(codec.encode({ result: { model: { id: ${i}, owner: { rid: '${service}.owner.${i}' } } } }));\n    },\n  });\n`)}}\n\n`,
  js: (service, lines, random) =>
    `import ResClient from 'resclient';\n\nconst client = new ResClient('ws://localhost:8080');\n\n${repeat(lines, (i) => `export async function watch${i}(id) {\n  const model = await client.get('${service}.${pick(random, asWords(nouns))}${i}.' + id);\n  model.on('change', () => console.log(model.name));\n  return model;\n}\n\n`)}`,
  py: (service, lines, random) =>
    `import json\nimport nats\n\n\nasync def serve():\n    nc = await nats.connect()\n${repeat(lines, (i) => `\n    async def get_${i}(msg):\n        await msg.respond(json.dumps({"result": {"model": {"owner": {"rid": "${service}.owner.${i}"}}}}).encode())\n\n    await nc.subscribe("get.${service}.${pick(random, asWords(nouns))}${i}.*", cb=get_${i})\n`)}\n\n`,
};

/** The endings of the files that can be made to speak RES. */
export const serviceEndings = Object.keys(services) as [Ending, ...Ending[]];

/** A source file of about `size` characters that has nothing to do with RES. */
export function plainCode(ending: Ending, size: number, random: Random): string {
  return frames[ending](functionsOf(ending, size, random), pick(random, asWords(nouns)));
}

/** A source file that speaks RES, with functions of no interest as well. */
export function serviceCode(ending: Ending, service: string, size: number, random: Random): string {
  const own = services[ending]?.(service, between(random, 3, 12), random) ?? '';
  return own + functionsOf(ending, Math.max(0, size - own.length), random);
}

function functionsOf(ending: Ending, size: number, random: Random): string {
  let body = '';
  while (body.length < size) {
    const noun = pick(random, asWords(nouns));
    const name = `${pick(random, asWords(verbs))}${title(noun)}${between(random, 1, 999)}`;
    body += functions[ending](name, noun, random);
  }
  return body;
}

function repeat(count: number, text: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => text(index)).join('');
}

function title(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
