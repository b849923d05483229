import { type Value, piecesOf, unknownValue } from '../evaluate/value';
import type { CallShape, Library } from './library';
import { type IsNats, predefined, publishes, requests, subjectOf } from './nats/subject';
import { namingOf } from './arguments';
import { contextOf } from '../evaluate/collections/additions';
import type { Expr } from '../outline/outline';

/** The microservices of NestJS. The pattern of a handler is the subject where NATS is the transport. */
export const nest: Library = {
  name: 'nestjs',
  family: 'javascript',
  modules: /^@nestjs\/microservices$/,
  impliesService: true,
  isPlain: true,
  calls: {
    MessagePattern: patterns,
    send: ofAnyTransport(isProxy, requests),
    emit(callee, site, evaluator, report) {
      // Nest has events of its own, which are emitted in the same way.
      const pieces = piecesOf(evaluator.argument(site, 0) ?? unknownValue);
      const [first, last] = [pieces[0], pieces.at(-1)];
      const isEvent = typeof first === 'string' && first.startsWith('event.');
      if (!isEvent || (typeof last === 'string' && predefined.test(last)))
        ofAnyTransport(isProxy, publishes)(callee, site, evaluator, report);
    },
  },
};

/** `@MessagePattern('get.library.book.*')`, `@MessagePattern(['get.library.books', …])` */
function patterns(...[callee, site, evaluator, report]: Parameters<CallShape>): void {
  if (!isPattern(callee)) return;
  const value = evaluator.argument(site, 0);
  const naming = namingOf(site, 0);
  if (!value || !naming) return;
  // Where a pattern has wildcards the transport is NATS.
  const isNats = (site.file.callsByName.get('MessagePattern') ?? []).some((call) =>
    site.file.call(call).args.some((arg) => hasWildcard(arg.value)),
  );
  const all = value.kind === 'list' ? value.items : [{ value: naming.value, at: naming.at, in: naming.in }];
  for (const item of all) {
    const context = value.kind === 'list' ? contextOf(item, value.in, evaluator) : naming.in;
    const place = { value: item.value, at: item.at, in: context };
    const subject = subjectOf(evaluator.evaluate(item.value, context), place, report);
    if (!isNats || !subject) report.plainMessage();
    if (subject && subject.method !== 'event') report.handler(subject.name, subject.naming, [subject.method]);
  }
}

/** Whether a subject of the protocol has a wildcard in it. */
function hasWildcard(expr: Expr): boolean {
  if (expr.kind === 'list') return expr.items.some(({ value }) => hasWildcard(value));
  const parts = expr.kind === 'concat' ? expr.items : [expr];
  const [first] = parts;
  const isOfProtocol = first?.kind === 'text' && /^(get|access|call|auth)\./.test(first.text);
  return isOfProtocol && parts.some((part) => part.kind === 'text' && /\.[*>](\.|$)/.test(part.text));
}

/** The code doesn't tell what the transport is: a pattern alone never makes a subject of the protocol. */
function ofAnyTransport(isMeant: IsNats, shape: (isNats: IsNats) => CallShape): CallShape {
  const known = shape(isMeant);
  return (callee, site, evaluator, report) => {
    if (isMeant(callee, site, evaluator)) report.plainMessage();
    known(callee, site, evaluator, report);
  };
}

function isPattern(callee: Value): boolean {
  return callee.kind === 'external' && callee.origin === '@nestjs/microservices#MessagePattern';
}

function isProxy(callee: Value): boolean {
  if (callee.kind !== 'method' || callee.of.kind !== 'external') return false;
  return /^@nestjs\/microservices#Client(Proxy|Nats)\b/.test(callee.of.origin);
}
