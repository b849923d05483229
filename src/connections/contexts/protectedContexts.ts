import * as l10n from '../../util/l10n';
import type { Problem } from '../../util/problem';
import type { CliProfile } from './cliContexts';

/** Which contexts of the NATS CLI are protected; their own format has no place for it. */
export type ProtectedContexts = {
  /** Whether it is named, or the context is that it starts from. */
  readonly has: (context: Pick<CliProfile, 'name' | 'basedOn'>) => boolean;
} & (
  | {
      /** The list with the context on it, or no longer. */
      readonly with: (name: string, on: boolean) => readonly unknown[];
      readonly problem?: undefined;
    }
  /** There is no list that could be written. */
  | { readonly with?: undefined; readonly problem: Problem }
);

const setting = 'res.protectedContexts';

/** Reads the setting. Where it is no list, every context counts as protected: a mistake must not take the question away. */
export function parseProtectedContexts(value: unknown): ProtectedContexts {
  if (value === undefined || value === null) return parseProtectedContexts([]);
  if (!Array.isArray(value)) {
    return {
      has: () => true,
      problem: {
        what: l10n.msg('The setting {0} is not a list', setting),
        why: l10n.msg('until it is, all NATS CLI contexts are protected'),
        remedy: l10n.msg('Correct it in the settings file.'),
      },
    };
  }
  const names: readonly unknown[] = value;
  return {
    has: ({ name, basedOn }) => names.includes(name) || (basedOn !== undefined && names.includes(basedOn)),
    with: (name, on) => (on ? [...new Set([...names, name])] : names.filter((one) => one !== name)),
  };
}
