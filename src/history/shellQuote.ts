/** The shells whose quoting is known. */
export type Shell = 'posix' | 'fish' | 'powershell' | 'cmd';

/** The shell that a program is, by its path; a POSIX one where it is not known. */
export function shellOf(program: string): Shell {
  const name = /([^\\/]*?)(?:\.exe)?$/i.exec(program)?.[1]?.toLowerCase() ?? '';
  if (name === 'powershell' || name === 'pwsh') return 'powershell';
  return name === 'cmd' || name === 'fish' ? name : 'posix';
}

/** One argument, as it must be typed for the program to get exactly this text, which has no line break. */
export function shellQuote(text: string, shell: Exclude<Shell, 'powershell'>): string {
  switch (shell) {
    case 'posix':
      return `'${text.replaceAll("'", String.raw`'\''`)}'`;
    case 'fish':
      return `'${text.replace(/[\\']/g, String.raw`\$&`)}'`;
    case 'cmd': {
      // First for the program, which takes backslashes before a quote for escapes; then each special character for cmd.
      const forProgram = `"${text.replace(/(\\*)"/g, String.raw`$1$1\"`).replace(/\\+$/, '$&$&')}"`;
      return forProgram.replace(/[()%!^"<>&|]/g, '^$&');
    }
  }
}

/** A text literal of PowerShell. */
export function powershellText(text: string): string {
  return `'${text.replace(/['‘’‚‛]/g, '$&$&')}'`;
}
