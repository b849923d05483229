const kinds = [
  ['an nkey seed', /(?<![A-Z0-9])S[ACNOUPX][A-Z2-7]{40}/],
  ['a user JWT', /(?<![\w-])eyJ[\w-]{20,}\.eyJ[\w-]{20}/],
  ['a private key', /-----BEGIN [A-Z ]*PRIVATE KEY-----/],
  ['the text of a credentials file', /-----BEGIN [A-Z ]*(?:JWT|SEED)-----/],
] as const;

/** What secret a text that should hold none has in it, as far as that can be told from its form. */
export function pastedSecret(text: string): string | undefined {
  return kinds.find(([, form]) => form.test(text))?.[0];
}
