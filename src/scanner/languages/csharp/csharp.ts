import path from 'node:path';
import { jsonOf } from '../json';
import type { LanguageDefinition } from '../language';
import { csharpBuiltins } from './builtins';
import { csharpNats } from './nats';
import { resClient } from './resClient';
import { resService } from './resService';
import { translateCSharp } from './translate';

/** More files than this in one folder are generated code. */
const maxFiles = 300;

const json = jsonOf('json', /^(NATS|STAN|Resgate(IO|Client)?)\b/);

/** C#. */
export const csharp: LanguageDefinition = {
  name: 'csharp',
  extensions: ['.cs'],
  grammar: 'c-sharp',
  family: 'csharp',
  sieve: ['Resgate', 'NATS.', 'ResService', 'ResClient', 'ResourcePattern', '"rid"', 'rid ='],
  translate: translateCSharp,
  builtins: csharpBuiltins,
  libraries: [resService, resClient, csharpNats, json],
  isOneUnit: true,
  siblings: (file, disk) => {
    const folder = path.dirname(file);
    const names = disk.filesIn(folder).filter((name) => name.endsWith('.cs'));
    return names.slice(0, maxFiles).map((name) => path.join(folder, name));
  },
  resolve: () => undefined,
};
