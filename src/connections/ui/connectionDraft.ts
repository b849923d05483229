import type { ProfileAuth, WrittenProfile } from '../profile/profile';
import { parseProfile } from '../profile/profileSettings';
import { secretFields, type ProfileSecrets, type SecretField } from '../profile/secrets';
import { parseWrittenServers } from '../profile/writtenServers';
import * as l10n from '../../util/l10n';
import type { Problem, Result } from '../../util/problem';
import { newDraft, type ConnectionDraft, type DraftSecrets, type FormScope } from '../messages';

/** A draft that makes a profile, and the secrets that it brings along. */
export interface ReadDraft {
  readonly profile: WrittenProfile;
  readonly secrets: ProfileSecrets;
}

/** The profile behind what was typed, or the first thing that is wrong with it. */
export function readDraft(draft: ConnectionDraft, typed: DraftSecrets): Result<ReadDraft> {
  // Credentials in the URL speak for themselves where nothing else was chosen.
  const auth = draft.auth === 'none' ? {} : { auth: draft.auth };
  const tls = {
    mode: draft.tlsMode,
    caFile: draft.caFile.trim(),
    certFile: draft.certFile.trim(),
    keyFile: draft.keyFile.trim(),
    serverName: draft.serverName.trim(),
    handshakeFirst: draft.handshakeFirst,
    verify: draft.verify,
  };
  const raw = {
    name: draft.name,
    servers: draft.servers,
    ...auth,
    user: draft.user,
    credsFile: draft.credsFile.trim(),
    nkeyFile: draft.nkeyFile.trim(),
    tls,
    protected: draft.protected,
    ...(draft.color === '' ? {} : { color: draft.color }),
    ...(draft.icon === '' ? {} : { icon: draft.icon }),
    inboxPrefix: draft.inboxPrefix.trim(),
  };
  const entry = parseProfile(raw, 0, parseWrittenServers);
  if (!entry.profile) return { ok: false, problem: draftProblem(entry.problems[0]) };
  const { profile, ownSecrets } = entry;
  return { ok: true, value: { profile, secrets: relevantSecrets(profile, { ...ownSecrets, ...typed }) } };
}

/** Those of the secrets that the profile uses; the others are of an earlier way to authenticate. */
export function relevantSecrets({ auth, tls }: WrittenProfile, secrets: ProfileSecrets): ProfileSecrets {
  const used: readonly SecretField[] = [
    ...secretsOf(auth),
    ...(tls.keyFile === undefined ? [] : ['keyPassphrase' as const]),
  ];
  return Object.fromEntries(
    secretFields.flatMap((field) => {
      const secret = secrets[field];
      return secret === undefined || !used.includes(field) ? [] : [[field, secret]];
    }),
  );
}

/** What this way to authenticate needs beside the settings. */
export function secretsOf(auth: ProfileAuth): readonly SecretField[] {
  switch (auth.kind) {
    case 'none':
    case 'creds':
      return [];
    case 'password':
      return auth.user === undefined ? ['user', 'password'] : ['password'];
    case 'token':
      return ['token'];
    case 'nkey':
      return auth.file === undefined ? ['seed'] : [];
    case 'jwt':
      return ['jwt', 'seed'];
  }
}

/** The form for a profile. */
export function draftOf(profile: WrittenProfile, scope: FormScope): ConnectionDraft {
  const { name, servers, auth, tls, color, icon, inboxPrefix } = profile;
  return {
    ...newDraft,
    name,
    servers: servers.join(', '),
    auth: auth.kind,
    user: auth.kind === 'password' ? (auth.user ?? '') : '',
    credsFile: auth.kind === 'creds' ? auth.file : '',
    nkeyFile: auth.kind === 'nkey' ? (auth.file ?? '') : '',
    tlsMode: tls.mode,
    caFile: tls.caFile ?? '',
    certFile: tls.certFile ?? '',
    keyFile: tls.keyFile ?? '',
    serverName: tls.serverName ?? '',
    handshakeFirst: tls.handshakeFirst,
    verify: tls.verify,
    protected: profile.protected,
    color: color ?? '',
    icon: icon ?? '',
    inboxPrefix: inboxPrefix ?? '',
    scope,
  };
}

function draftProblem(problem: Problem | undefined): Problem {
  return {
    what: l10n.t('This connection cannot be saved'),
    ...(problem?.why === undefined ? {} : { why: problem.why }),
    ...(problem?.field === undefined ? {} : { field: problem.field }),
  };
}
