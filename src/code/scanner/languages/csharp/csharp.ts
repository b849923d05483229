import { extensionsOf } from '../../files/sourceExtensions';
import { jsonOf } from '../json';
import type { LanguageDefinition, Sees } from '../language';
import { csharpBuiltins } from './builtins';
import { csharpNats } from './nats';
import { resClient } from './resClient';
import { resService } from './resService';
import { translateCSharp } from './translate';

const endsWithCs: Sees = (name) => name.endsWith('.cs');

const json = jsonOf('json', /^(NATS|STAN|Resgate(IO|Client)?)\b/);

/** C#. */
export const csharp: LanguageDefinition = {
  name: 'csharp',
  extensions: extensionsOf.csharp,
  grammar: 'c-sharp',
  family: 'csharp',
  sieve: ['Resgate', 'NATS.', 'ResService', 'ResClient', 'ResourcePattern', '"rid"', 'rid ='],
  translate: translateCSharp,
  builtins: csharpBuiltins,
  libraries: [resService, resClient, csharpNats, json],
  isOneUnit: true,
  sees: () => endsWithCs,
  resolve: () => undefined,
};
