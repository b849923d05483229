/** Whether something in the text is to be replaced, or looks so. */
export function holdsVariable(text: string): boolean {
  return /\$\{[^}]*\}/.test(text);
}

/** Whether the text holds one of the variables that are known. */
export function holdsKnownVariable(text: string): boolean {
  return /\$\{(?:env:[^}]+|userHome|workspaceFolder(?::[^}]+)?)\}/.test(text);
}

/** The text with each variable blanked out, character by character. */
export function blankVariables(text: string): string {
  return text.replace(/\$\{[^}]*\}/g, (variable) => ' '.repeat(variable.length));
}

/** Whether the password before the @ of a URL, or the token that stands there alone, comes from a variable. */
export function isSecretElsewhere(userInfo: string): boolean {
  return holdsKnownVariable(userInfo.slice(blankVariables(userInfo).indexOf(':') + 1));
}
