import type { Binding, Call, Outline } from '../outline/outline';
import type { SourceFile } from './sourceFile';

/** What the libraries are called where they are imported: a file that does so later may change the answer. */
export const libraryNames = [
  'nats',
  'NATS',
  'async_nats',
  'Client',
  'Connection',
  'Router',
  'ResClient',
  'ClientProxy',
  'MessagePattern',
];

/** Answers that hold as long as the file's code stays as it is. */
const known = new WeakMap<Outline, Map<RegExp, boolean>>();

/** Whether the file imports one of the modules. */
export function usesOneOf(file: SourceFile, modules: RegExp): boolean {
  let answers = known.get(file.outline);
  if (!answers) known.set(file.outline, (answers = new Map<RegExp, boolean>()));
  let answer = answers.get(modules);
  if (answer === undefined) {
    const { scopes, opened, calls } = file.outline;
    answer =
      scopes.some(({ names }) =>
        Object.values<Binding>(names).some(
          ({ kind, ...binding }) => kind === 'import' && isOne(binding, modules),
        ),
      ) ||
      opened.some((from) => modules.test(from)) ||
      calls.some((call) => requires(call, modules));
    answers.set(modules, answer);
  }
  return answer;
}

/** `require('resclient')`, whatever `require` is. */
function requires({ callee, args: [from] }: Call, modules: RegExp): boolean {
  return (
    callee.kind === 'name' &&
    callee.name === 'require' &&
    from?.value.kind === 'text' &&
    modules.test(from.value.text)
  );
}

function isOne(binding: object, modules: RegExp): boolean {
  return 'from' in binding && modules.test(String(binding.from));
}
