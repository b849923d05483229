import type { Value } from '../../evaluate/value';

/** The name of a member of the package itself, or of a type of it: `NewService`, `Service`, `resprot.SendRequest`. */
export function goResName(value: Value): string | undefined {
  if (value.kind !== 'external') return undefined;
  const [, folder = '', name] =
    /^github\.com\/jirenius\/go-res(?:\/v\d+)?(?:\/([\w/]+))?#(.+)$/.exec(value.origin) ?? [];
  return name === undefined ? undefined : folder === '' ? name : `${folder}.${name}`;
}
