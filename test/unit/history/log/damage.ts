import fc from 'fast-check';

/** Something that a disk, or a copy of a file, does to its bytes. Places are taken modulo what there is. */
export type Damage =
  | { readonly kind: 'flip'; readonly at: number; readonly bit: number }
  | { readonly kind: 'zero' | 'repeat' | 'drop'; readonly at: number; readonly length: number }
  | { readonly kind: 'truncate'; readonly at: number };

const at = fc.nat();
const length = fc.integer({ min: 1, max: 400 });

/** Any damage. */
export const anyDamage: fc.Arbitrary<Damage> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('flip'), at, bit: fc.nat(7) }) },
  fc.record({ kind: fc.constantFrom('zero', 'repeat', 'drop'), at, length }),
  fc.record({ kind: fc.constant('truncate'), at }),
);

/** The bytes after the damage. */
export function damaged(bytes: Buffer, damage: Damage): Buffer {
  if (bytes.length === 0) return bytes;
  const start = damage.at % bytes.length;
  const copy = Buffer.from(bytes);
  switch (damage.kind) {
    case 'flip':
      copy[start] = (copy[start] ?? 0) ^ (1 << damage.bit);
      return copy;
    case 'zero':
      return copy.fill(0, start, Math.min(start + damage.length, copy.length));
    case 'repeat':
      return Buffer.concat([bytes.subarray(0, start + damage.length), bytes.subarray(start)]);
    case 'drop':
      return Buffer.concat([bytes.subarray(0, start), bytes.subarray(start + damage.length)]);
    case 'truncate':
      return bytes.subarray(0, start);
  }
}
