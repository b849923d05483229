import type { SecretStorage } from 'vscode';
import { parseSecrets, type Secrets } from '../nats/secrets';
import type { Logger } from '../util/logger';

/** Keeps the secrets of each profile as one entry of VS Code's secret storage. */
export function createSecretStore(storage: SecretStorage, logger: Logger): Secrets {
  const keyOf = (profileId: string): string => `res.connection.${profileId}`;
  return {
    async get(profileId) {
      const text = await storage.get(keyOf(profileId));
      if (text === undefined) return {};
      try {
        return parseSecrets(JSON.parse(text));
      } catch {
        logger.warn('An entry of the secret storage is damaged and counts as empty.');
        return {};
      }
    },
    async set(profileId, secrets) {
      if (Object.keys(secrets).length === 0) await storage.delete(keyOf(profileId));
      else await storage.store(keyOf(profileId), JSON.stringify(secrets));
    },
  };
}
