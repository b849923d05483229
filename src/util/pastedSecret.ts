import * as l10n from './l10n';

const forms = {
  seed: /(?<![A-Z0-9])S[ACNOUPX][A-Z2-7]{40}/,
  jwt: /(?<![\w-])eyJ[\w-]{20,}\.eyJ[\w-]{20}/,
  privateKey: /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  credentials: /-----BEGIN [A-Z ]*(?:JWT|SEED)-----/,
} as const;

type PastedSecret = keyof typeof forms;

/** The kind of secret that a text seems to contain, by its form. */
export function pastedSecret(text: string): PastedSecret | undefined {
  return (Object.keys(forms) as PastedSecret[]).find((kind) => forms[kind].test(text));
}

/** Says that a field contains such a secret. */
export function pastedSecretText(field: string, secret: PastedSecret): l10n.Code {
  switch (secret) {
    case 'seed':
      return l10n.msg('"{0}" contains an nkey seed, and is not stored as a secret', field);
    case 'jwt':
      return l10n.msg('"{0}" contains a user JWT, and is not stored as a secret', field);
    case 'privateKey':
      return l10n.msg('"{0}" contains a private key, and is not stored as a secret', field);
    case 'credentials':
      return l10n.msg('"{0}" contains the text of a credentials file, and is not stored as a secret', field);
  }
}
