/**
 * The libraries through which programs speak RES. To add one:
 *
 * 1. Look its API up in the library's own source: which calls make services, handlers and references.
 * 2. Describe it as a `Library`. It decides by values: what the receiver is, never how a text looks. A client of NATS
 *    is a row of a table (`nats/`); a library for services is a set of routers (`services/`).
 * 3. List it here with the languages that have it, and see that their sieves let its files through.
 * 4. Put source files into the fixtures of these languages.
 */
import type { Speech } from '../languages/language';
import { resClient } from './clients/csharp';
import { dartResclient } from './clients/dart';
import { clientModules, resclient } from './clients/javascript';
import { pythonResclient } from './clients/python';
import { jsonOf } from './json';
import { csharpNats, dartNats, goNats, jnats, nats, phpNats, pythonNats, rustNats } from './nats/clients';
import { phpRouter } from './nats/phpSdk';
import { nest } from './nest';
import { goRes } from './services/goRes';
import { resService } from './services/resService';

/** How a subject of the protocol begins in a literal. */
function subjectsIn(quotes: readonly string[]): string[] {
  return quotes.flatMap((quote) => ['get.', 'access.', 'call.', 'auth.'].map((kind) => quote + kind));
}

/** How JavaScript's clients are called where it can't be seen what they are. */
const clientCalls = ['api', 'Api', 'client', 'Client', 'resgate'].flatMap((receiver) =>
  ['get', 'call', 'auth', 'create', 'setModel', 'resourceO', 'subscribe'].map(
    (name) => `${receiver}.${name}`,
  ),
);

/** By the family of languages. */
const speech: Readonly<Record<string, Speech>> = {
  go: {
    libraries: [goRes, goNats, jsonOf('encoding/json', /jirenius\/go-res|nats-io\/|resgate/)],
    sieve: [
      ...['jirenius/go-res', 'nats-io/nats', 'nats-io/go-nats', 'json:"rid', '"rid"'],
      ...subjectsIn(['"']),
    ],
    nearby: {
      modules: /^github\.com\/(jirenius\/go-res|nats-io\/)/,
      isFlat: true,
      sieve: [
        ...['Handle', 'AddHandler', 'AddListener', 'Route', 'Mount', 'With', 'Resource', 'Reset'],
        ...['SetOwnedResources', 'Subscribe', 'QueueSubscribe', 'ChanSubscribe', 'Publish', 'Request'],
      ].map((name) => `.${name}(`),
    },
  },
  csharp: {
    libraries: [resService, resClient, csharpNats, jsonOf('json', /^(NATS|STAN|Resgate(IO|Client)?)\b/)],
    sieve: [
      ...['Resgate', 'NATS.', 'ResService', 'ResClient', 'ResourcePattern', '"rid"', 'rid ='],
      ...subjectsIn(['"']),
    ],
  },
  java: { libraries: [jnats], sieve: ['io.nats', 'micronaut.nats', '"rid"', ...subjectsIn(['"'])] },
  javascript: {
    libraries: [nats, nest, resclient],
    sieve: [
      ...['nats', 'resclient', 'ResClient', 'resgate', 'rid:', "'rid'", '"rid"'],
      ...subjectsIn(["'", '"', '`']),
    ],
    nearby: {
      modules: new RegExp(`^(nats|nats\\.ws|ts-nats|@nats-io/[\\w-]+)$|${clientModules.source}`),
      isFlat: false,
      sieve: ['.subscribe(', ...clientCalls],
    },
  },
  python: {
    libraries: [pythonNats, pythonResclient],
    sieve: [
      ...['nats', 'NATS', 'resgate', 'Resgate', 'ResClient', 'resclient', 'res_client', '"rid"', "'rid'"],
      ...['rid=', '.subscribe(', '@client.get(', '@client.access('],
      ...subjectsIn(["'", '"']),
    ],
  },
  php: {
    libraries: [phpNats, phpRouter],
    sieve: [
      ...['Nats\\', 'nats', 'Resgate', 'resgate', "'rid'", '"rid"', '->subscribe('],
      ...subjectsIn(["'", '"']),
    ],
  },
  rust: { libraries: [rustNats], sieve: ['nats', 'resgate', '"rid"', ' rid:', ...subjectsIn(['"'])] },
  dart: {
    libraries: [dartResclient, dartNats],
    sieve: [
      ...['ResClient', 'ResgateClient', 'res_client', 'resgate', 'Resgate', "'rid'", '"rid"', 'nats'],
      ...subjectsIn(["'", '"']),
    ],
  },
};

/** What RES is in the languages of a family. */
export function speechOf(family: string): Speech {
  return speech[family] ?? { libraries: [], sieve: [] };
}
