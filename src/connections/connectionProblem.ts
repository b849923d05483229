import type { Problem } from '../util/problem';
import type { KeptField } from './profile/fields';

/** The reasons for which a connection can't be made or kept. */
export type ConnectionProblemKind =
  | 'refused'
  | 'unknownHost'
  | 'unreachable'
  | 'timeout'
  | 'notNats'
  | 'tlsRequired'
  | 'tlsUnavailable'
  | 'tlsFailed'
  | 'unknownAuthority'
  | 'hostNameMismatch'
  | 'certificateExpired'
  | 'clientCertificateRequired'
  | 'wrongCredentials'
  | 'authorizationViolation'
  | 'credentialsExpired'
  | 'maximumConnections'
  | 'missingSecret'
  | 'unusableFile'
  | 'unusableProfile'
  | 'connectionLost'
  | 'other';

/** Why a connection can't be made or kept, and what to change. */
export interface ConnectionProblem extends Problem {
  readonly kind: ConnectionProblemKind;
  /** The secret that is not kept here, for `missingSecret`. */
  readonly secret?: KeptField;
}

/** Trying again changes nothing until a person does something about these. */
const needsAPerson: ReadonlySet<ConnectionProblemKind> = new Set([
  'wrongCredentials',
  'authorizationViolation',
  'credentialsExpired',
  'missingSecret',
  'unusableFile',
  'unusableProfile',
]);

/** Whether it is useless to try again by itself. */
export function isFinal({ kind }: ConnectionProblem): boolean {
  return needsAPerson.has(kind);
}
