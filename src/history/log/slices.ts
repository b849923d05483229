/** The longest that the extension host is kept busy at a stretch, in milliseconds. */
const slice = 4;

/** Works through the items, leaving room for others now and then. */
export async function forEachSliced<T>(items: Iterable<T>, work: (item: T) => void): Promise<void> {
  let started = performance.now();
  for (const item of items) {
    work(item);
    if (performance.now() - started < slice) continue;
    await new Promise((resolve) => setImmediate(resolve));
    started = performance.now();
  }
}

/** The lines of a text, one at a time: to split a long text at once would take long. */
export function* linesOf(text: string): Iterable<string> {
  for (let start = 0; start <= text.length;) {
    const end = text.indexOf('\n', start);
    yield end < 0 ? text.slice(start) : text.slice(start, end);
    if (end < 0) return;
    start = end + 1;
  }
}
