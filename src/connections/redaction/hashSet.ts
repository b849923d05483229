const firstA = 0x811c9dc5;
const firstB = 0x9e3779b9;

/** The hash of a text, made character by character: 64 bits in two halves. */
export class RollingHash {
  a = firstA;
  b = firstB;

  /** Starts with the empty text again. */
  reset(): void {
    this.a = firstA;
    this.b = firstB;
  }

  /** Adds a UTF-16 code unit. */
  add(code: number): void {
    this.a = Math.imul(this.a ^ code, 0x01000193);
    this.b = Math.imul(this.b + code, 0x85ebca6b) ^ (this.b >>> 13);
  }
}

/** Many hashes in little room: a `Set` takes several times as much, and ends with an exception when it is full. */
export class HashSet {
  /** Two numbers a slot; an empty slot holds zeros. */
  #slots = new Int32Array(2 * 1024);
  #size = 0;

  add({ a, b }: Pick<RollingHash, 'a' | 'b'>): void {
    if (4 * this.#size >= this.#slots.length) this.#grow();
    const at = this.#find(a, b);
    if (this.#slots[at] === 0 && this.#slots[at + 1] === 0) this.#size++;
    this.#slots[at] = a;
    this.#slots[at + 1] = b;
  }

  has({ a, b }: Pick<RollingHash, 'a' | 'b'>): boolean {
    const at = this.#find(a, b);
    return this.#slots[at] === a && this.#slots[at + 1] === b;
  }

  /** The place of the hash, or the empty one where it belongs. */
  #find(a: number, b: number): number {
    const slots = this.#slots;
    const mask = slots.length / 2 - 1;
    for (let slot = Math.imul(a ^ (b >>> 15), 0x2c1b3c6d) & mask; ; slot = (slot + 1) & mask) {
      const [one, other] = [slots[2 * slot], slots[2 * slot + 1]];
      if ((one === a && other === b) || (one === 0 && other === 0)) return 2 * slot;
    }
  }

  #grow(): void {
    const before = this.#slots;
    this.#slots = new Int32Array(2 * before.length);
    for (let at = 0; at < before.length; at += 2) {
      const [a = 0, b = 0] = [before[at], before[at + 1]];
      if (a === 0 && b === 0) continue;
      const to = this.#find(a, b);
      this.#slots[to] = a;
      this.#slots[to + 1] = b;
    }
  }
}
