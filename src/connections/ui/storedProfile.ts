import type { WorkspaceFolder } from 'vscode';
import type { CliProfile } from '../contexts/cliContexts';
import type { ProfileSource } from '../messages';
import type { WrittenProfile } from '../profile/profile';
import type { PlacedProfile } from './settingsProfiles';

/** A profile, wherever it stands. */
export interface StoredProfile extends PlacedProfile {
  readonly source: ProfileSource;
  /** The folder in whose settings it stands. */
  readonly folder?: WorkspaceFolder;
  /** As it stands in settings. */
  readonly written?: WrittenProfile;
  /** What the NATS CLI's context says of itself. */
  readonly description?: string;
  /** What a command must name to run on it; without it, its servers. */
  readonly target?: NonNullable<CliProfile['target']>;
}
