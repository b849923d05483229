import type { Memory } from '../../util/memory';
import { parseSecrets, type ProfileSecrets, type Secrets } from '../profile/secrets';
import type { Logger } from '../../util/logger';

/** VS Code's secret storage. */
interface SecretStorage {
  get(key: string): PromiseLike<string | undefined>;
  store(key: string, value: string): PromiseLike<void>;
  delete(key: string): PromiseLike<void>;
}

/** What the secret store is made from. */
interface SecretStoreParts {
  readonly storage: SecretStorage;
  /** Where it is noted, without any secret, for which profiles something was kept. */
  readonly memory: Memory;
  readonly logger: Logger;
  /** Called when it turns out that this machine does not keep secrets beyond the session; once, until it does again. */
  readonly onNotKept: () => void;
}

const memoryKey = 'res.profilesWithSecrets';
const warnedKey = 'res.toldThatSecretsAreNotKept';

/**
 * Keeps the secrets of each profile as one entry of VS Code's secret storage. Where the operating system has no keyring,
 * that storage forgets at the end of the session, and does not say so before; or it fails, and then the secrets are kept
 * here for as long.
 */
export function createSecretStore({ storage, memory, logger, onNotKept }: SecretStoreParts): Secrets {
  const session = new Map<string, string>();
  const storedNow = new Set<string>();
  const keyOf = (profileId: string): string => `res.connection.${profileId}`;
  const noted = (): readonly string[] => (memory.get(memoryKey) ?? []) as readonly string[];
  const note = async (profileId: string, hasSecrets: boolean): Promise<void> => {
    const others = noted().filter((id) => id !== profileId);
    await memory.update(memoryKey, hasSecrets ? [...others, profileId] : others);
  };
  const setWarned = async (isWarned: boolean): Promise<void> => {
    if ((memory.get(warnedKey) === true) === isWarned) return;
    if (isWarned) onNotKept();
    await memory.update(warnedKey, isWarned);
  };
  const read = async (profileId: string): Promise<string | undefined> => {
    const inSession = session.get(profileId);
    if (inSession !== undefined) return inSession;
    try {
      const text = await storage.get(keyOf(profileId));
      // What an earlier session stored and this one finds was kept.
      if (text !== undefined && !storedNow.has(profileId)) await setWarned(false);
      if (text !== undefined || !noted().includes(profileId)) return text;
    } catch (error) {
      logger.warn(`The secret storage cannot be read: ${String(error)}`);
    }
    await note(profileId, false);
    await setWarned(true);
    return undefined;
  };

  return {
    async get(profileId, destination) {
      const text = await read(profileId);
      if (text === undefined) return {};
      let entry: unknown;
      try {
        entry = JSON.parse(text);
      } catch {
        logger.warn('An entry of the secret storage is damaged and counts as empty.');
        return {};
      }
      return destinationOf(entry) === destination ? parseSecrets(entry) : {};
    },
    async set(profileId, secrets: ProfileSecrets, destination) {
      const isEmpty = Object.keys(secrets).length === 0;
      session.delete(profileId);
      const text = JSON.stringify(destination === undefined ? secrets : { ...secrets, destination });
      try {
        // In this order, what is noted is there.
        if (isEmpty) await note(profileId, false);
        if (isEmpty) await storage.delete(keyOf(profileId));
        else await storage.store(keyOf(profileId), text);
        storedNow.add(profileId);
        if (!isEmpty) await note(profileId, true);
      } catch (error) {
        logger.warn(`The secret storage cannot be written: ${String(error)}`);
        if (isEmpty) return;
        session.set(profileId, text);
        await setWarned(true);
      }
    },
  };
}

function destinationOf(entry: unknown): string | undefined {
  if (typeof entry !== 'object' || entry === null || !('destination' in entry)) return undefined;
  return typeof entry.destination === 'string' ? entry.destination : undefined;
}
