import { connect, StringCodec } from 'nats';
import type { Behaviour } from './plan';

const codec = StringCodec();

/**
 * A service for all names that a plan can hold. It answers the first request for each, so that a client can subscribe, and
 * behaves to the following as the name says.
 */
export async function startStressService(natsUrl: string): Promise<{ readonly stop: () => Promise<void> }> {
  const connection = await connect({ servers: natsUrl, name: 'stress service' });
  const known = new Set<string>();
  for (const kind of ['get', 'access'] as const) {
    connection.subscribe(`${kind}.stress.>`, {
      callback: (error, message) => {
        if (error) return;
        const isFirst = !known.has(message.subject);
        known.add(message.subject);
        const behaviour = isFirst ? 'answers' : behaviourOf(message.subject);
        if (behaviour === 'silent') return;
        const answer = codec.encode(JSON.stringify(responses[kind](behaviour)));
        // Late, and still in time for the gateway.
        if (behaviour === 'late') setTimeout(() => message.respond(answer), 400);
        else message.respond(answer);
      },
    });
  }
  await connection.flush();
  return { stop: () => connection.close() };
}

/** How the service behaves to requests for a name. */
export function behaviourOf(name: string): Behaviour {
  return /\.([a-z]+)\d+$/.exec(name)?.[1] as Behaviour;
}

const responses: Readonly<Record<'get' | 'access', (behaviour: Behaviour) => object>> = {
  get: (behaviour) => {
    if (behaviour === 'deleted') return { error: { code: 'system.notFound', message: 'Not found' } };
    if (behaviour === 'broken') return { error: { code: 'system.internalError', message: 'Broken' } };
    return { result: { model: { behaviour } } };
  },
  access: (behaviour) => ({ result: { get: behaviour !== 'refuses' } }),
};
