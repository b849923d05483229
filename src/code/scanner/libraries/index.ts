/**
 * The libraries through which programs speak RES. To add one:
 *
 * 1. Look its API up in the library's own source: which calls make services, handlers and references.
 * 2. Describe it as a `Library`, with the family of languages that has it, and what stands in the files that use it. It
 *    decides by values: what the receiver is, never how a text looks. A client of NATS is a row of a table (`nats/`); a
 *    library for services is a set of routers (`services/`).
 * 3. List it here. The first ones of a family are asked first.
 * 4. Put source files into the fixtures of its languages.
 */
import { resClient } from './clients/csharp';
import { dartResclient } from './clients/dart';
import { resclient } from './clients/javascript';
import { pythonResclient } from './clients/python';
import { jsonOf } from './json';
import type { Library } from './library';
import { csharpNats, dartNats, goNats, jnats, nats, phpNats, pythonNats, rustNats } from './nats/clients';
import { phpRouter } from './nats/phpSdk';
import { nest } from './nest';
import { goRes } from './services/goRes';
import { resService } from './services/resService';

export const libraries: readonly Library[] = [
  ...[goRes, goNats, jsonOf('go', 'encoding/json', /jirenius\/go-res|nats-io\/|resgate/)],
  ...[resService, resClient, csharpNats, jsonOf('csharp', 'json', /^(NATS|STAN|Resgate(IO|Client)?)\b/)],
  jnats,
  ...[nats, nest, resclient],
  ...[pythonNats, pythonResclient],
  ...[phpNats, phpRouter],
  rustNats,
  ...[dartResclient, dartNats],
];
