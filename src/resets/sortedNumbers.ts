/** Numbers in order; to add or remove some costs little more than to read them once. */
export class SortedNumbers {
  #sorted: Float64Array = new Float64Array();
  #added: number[] = [];
  #removed: number[] = [];

  add(value: number): void {
    this.#added.push(value);
  }

  /** Takes out a number that was added before, once. */
  remove(value: number): void {
    this.#removed.push(value);
  }

  /** The smallest first; not to be changed. */
  values(): Float64Array {
    if (this.#added.length > 0 || this.#removed.length > 0) {
      this.#sorted = without(merged(this.#sorted, Float64Array.from(this.#added).sort()), this.#removed);
      this.#added = [];
      this.#removed = [];
    }
    return this.#sorted;
  }
}

function merged(a: Float64Array, b: Float64Array): Float64Array {
  if (b.length === 0) return a;
  const all = new Float64Array(a.length + b.length);
  let [inA, inB] = [0, 0];
  for (let at = 0; at < all.length; at++) {
    const takesA = inB >= b.length || (inA < a.length && (a[inA] as number) <= (b[inB] as number));
    all[at] = (takesA ? a[inA++] : b[inB++]) as number;
  }
  return all;
}

function without(sorted: Float64Array, removed: readonly number[]): Float64Array {
  if (removed.length === 0) return sorted;
  const gone = Float64Array.from(removed).sort();
  let next = 0;
  return sorted.filter((value) => {
    if (value !== gone[next]) return true;
    next++;
    return false;
  });
}
