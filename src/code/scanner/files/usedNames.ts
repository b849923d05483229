/** How a name that is called, passed or written to differs from one that is declared. */
export function asUsed(name: string): string {
  return `${name}()`;
}

/** The name that stands for the list of files in which a name is used. */
export function asUser(name: string): string {
  return `${asUsed(name)}@`;
}

/** How the name of a class that others are derived from differs from one that is declared. */
export function asBase(name: string): string {
  return `${name}:`;
}

/** Whether a file has the name, in any of these ways. */
export function hasName(file: { readonly names: ReadonlySet<string> }, name: string): boolean {
  return file.names.has(name.endsWith('@') ? name.slice(0, -1) : name);
}

/** With the names that are used, all that stands for them. */
export function* withUsers(names: Iterable<string>): Iterable<string> {
  for (const name of names) {
    yield name;
    if (name.endsWith('()')) yield `${name}@`;
  }
}
