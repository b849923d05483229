/** JSON as it is kept in a recording. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Puts names in the place of what differs from run to run: connection ids, addresses, keys. */
export class Normaliser {
  readonly #cids = new Map<string, string>();

  /** A text that came over the bus or to a client; a connection id is named by when it was first met. */
  text(text: string): string {
    return (
      text
        .replace(/(?<![0-9a-z])[0-9a-v]{20}(?![0-9a-z])/g, (cid) => {
          const name = this.#cids.get(cid) ?? `<connection ${this.#cids.size + 1}>`;
          this.#cids.set(cid, name);
          return name;
        })
        // Each language's JSON library has words of its own for what is wrong.
        .replace(
          /(?<="Internal error: )(?:json: |unexpected |invalid character |malformed )[^"]*/g,
          '<malformed>',
        )
        .replace(/127\.0\.0\.1:\d+/g, '<address>')
        .replace(/"Sec-Websocket-Key":\["[^"]+"\]/, '"Sec-Websocket-Key":["<key>"]')
    );
  }

  /** A text as JSON where it is that, with its keys in order. */
  json(text: string): Json {
    const normal = this.text(text);
    try {
      return sorted(JSON.parse(normal) as Json);
    } catch {
      return normal;
    }
  }
}

/** The same JSON with the keys of each object in order. */
export function sorted(json: Json): Json {
  if (Array.isArray(json)) return json.map(sorted);
  if (typeof json !== 'object' || json === null) return json;
  const keys = Object.keys(json).sort();
  return Object.fromEntries(keys.map((key) => [key, sorted(json[key] ?? null)]));
}

/** Lists of what came in each lane, the lanes in order: what runs in parallel comes in no fixed one. */
export class Lanes {
  readonly #lanes = new Map<string, Json[]>();

  add(lane: string, item: Json): void {
    this.#lanes.set(lane, [...(this.#lanes.get(lane) ?? []), item]);
  }

  /** Hands out what there is and starts anew. */
  take(): { [lane: string]: Json } {
    const taken = Object.fromEntries([...this.#lanes].sort(([a], [b]) => (a < b ? -1 : 1)));
    this.#lanes.clear();
    return taken;
  }
}
