import * as l10n from '../../util/l10n';
import type { Problem, Result } from '../../util/problem';
import type { ConnectionDraft, DraftSecrets } from '../formMessages';
import { isKept, keptFields, valuesBy } from './fields';
import { valuesOf, type WrittenProfile } from './profile';
import { parseProfile, serializeValues } from './profileCodec';
import type { ProfileSecrets } from './secrets';
import { parseWrittenServers } from './writtenServers';

/** A draft that makes a profile, and the secrets that it brings along. */
export interface ReadDraft {
  readonly profile: WrittenProfile;
  readonly secrets: ProfileSecrets;
}

/** The profile behind what was typed, or the first thing that is wrong with it. */
export function readDraft(draft: ConnectionDraft, typed: DraftSecrets): Result<ReadDraft> {
  const values = valuesBy(({ key }) => {
    const value = draft[key];
    // A user can begin or end with a space.
    return typeof value === 'string' && key !== 'user' ? value.trim() : value;
  });
  const { profile, ownSecrets, problems } = parseProfile(serializeValues(values), 0, parseWrittenServers);
  if (!profile) return { ok: false, problem: draftProblem(problems[0]) };
  return { ok: true, value: { profile, secrets: relevantSecrets(profile, { ...ownSecrets, ...typed }) } };
}

/** Those of the secrets that the profile uses; the others are of an earlier way to authenticate. */
export function relevantSecrets(profile: WrittenProfile, secrets: ProfileSecrets): ProfileSecrets {
  const values = valuesOf(profile);
  const used = keptFields.filter((field) => secrets[field] !== undefined && isKept(field, values));
  return Object.fromEntries(used.map((field) => [field, secrets[field]]));
}

function draftProblem(problem: Problem | undefined): Problem {
  return {
    what: l10n.msg('This connection cannot be saved'),
    ...(problem?.why === undefined ? {} : { why: problem.why }),
    ...(problem?.field === undefined ? {} : { field: problem.field }),
  };
}
