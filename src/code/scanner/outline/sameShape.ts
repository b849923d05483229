type Fields = Readonly<Record<string, unknown>>;

/** Whether two parts of outlines say the same, wherever it stands: so it is after an edit that only moves code. */
export function isSameShape(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a)) return Array.isArray(b) && areSame(a, b);
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => {
      const [one, other] = [(a as Fields)[key], (b as Fields)[key]];
      return isSameShape(one, other) || (isPlace(one) && isPlace(other));
    })
  );
}

function areSame(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, index) => isSameShape(item, b[index]));
}

/** A span, and nothing else that an outline holds. */
function isPlace(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'column' in value && typeof value.column === 'number';
}
