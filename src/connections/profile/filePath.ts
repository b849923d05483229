import path from 'node:path';

/** What a file's name may refer to. */
export interface PathPlaces {
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The file behind a name with `~`, `$NAME` or `${NAME}` in it; a variable that is not set counts as empty. */
export function expandPath(file: string, { home, env }: PathPlaces): string {
  const expanded = file.replace(
    /\$(?:\{(\w+)\}|(\w+))/g,
    (_all, braced: string | undefined, plain: string | undefined) => env[braced ?? plain ?? ''] ?? '',
  );
  return /^~(?=$|[\\/])/.test(expanded) ? path.join(home, expanded.slice(1)) : expanded;
}
