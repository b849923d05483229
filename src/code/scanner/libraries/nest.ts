import { type Value, piecesOf, unknownValue } from '../evaluate/value';
import type { CallShape, Library } from './library';
import { type IsNats, predefined, publishes, requests, subscribes } from './nats/subject';

/** The microservices of NestJS. The pattern of a handler is the subject where NATS is the transport. */
export const nest: Library = {
  name: 'nestjs',
  modules: /^@nestjs\/microservices$/,
  impliesService: true,
  isPlain: true,
  calls: {
    MessagePattern: ofAnyTransport(isPattern, subscribes),
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

/** The code doesn't tell what the transport is: a pattern alone never makes a subject of the protocol. */
function ofAnyTransport(isMeant: IsNats, shape: (isNats: IsNats) => CallShape): CallShape {
  const known = shape(isMeant);
  return (callee, site, evaluator, report) => {
    if (isMeant(callee, site, evaluator)) report.plainMessage();
    known(callee, site, evaluator, report);
  };
}

function isPattern(callee: Value): boolean {
  return callee.k === 'external' && callee.origin === '@nestjs/microservices#MessagePattern';
}

function isProxy(callee: Value): boolean {
  if (callee.k !== 'method' || callee.of.k !== 'external') return false;
  return /^@nestjs\/microservices#Client(Proxy|Nats)\b/.test(callee.of.origin);
}
