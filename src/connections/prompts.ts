import type { KeptField } from './profile/fields';
import type { ConnectionProfile } from './profile/profile';
import type { ProfileSecrets } from './profile/secrets';
import type { StoredProfile } from './store/connectionSettings';

/** What came of something that was asked for, for a person. */
export interface Answer {
  readonly ok: boolean;
  readonly text: string;
}

/** What a person is asked and shown about connections, beside panel and form. */
export interface Prompts {
  /** The one with `firstId` stands first and is preselected; undefined if the person picks none. */
  pick(
    profiles: readonly StoredProfile[],
    placeHolder: string,
    firstId?: string,
  ): Promise<StoredProfile | undefined>;
  /** The address of a server; `whyWrong` checks it while it is typed. */
  enterServers(
    initial: string,
    whyWrong: (servers: string) => string | undefined,
  ): Promise<string | undefined>;
  /** Asks for secrets, in view of what is kept; undefined if the person does not give them all, or the signal comes. */
  askForSecrets(
    profile: ConnectionProfile,
    fields: readonly KeptField[],
    kept: ProfileSecrets,
    signal: AbortSignal,
  ): Promise<ProfileSecrets | undefined>;
  confirmRemoval(name: string): Promise<boolean>;
  show(answer: Answer): Promise<void>;
  /** Shows that it is being connected, until the promise settles. */
  showConnecting(name: string, connecting: Promise<unknown>): void;
}
