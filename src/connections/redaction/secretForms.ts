import { shortLength } from './pieceIndex';

/** What to look for: the secret, and each of its lines; of a file with markers the lines between these alone. */
export function linesOf(secret: string): ReadonlySet<string> {
  const lines = secret.split(/[\r\n]+/).map((line) => line.trim());
  const inside = lines.filter((line) => line !== '' && !isMarker(line));
  return new Set(lines.length > 1 && lines.some(isMarker) ? inside : [secret, ...inside]);
}

function isMarker(line: string): boolean {
  return line.startsWith('-----');
}

/** Plain, URL-encoded, and quoted as in JSON. */
export function writtenForms(secret: string): ReadonlySet<string> {
  // By way of the bytes, because encodeURIComponent throws on half a surrogate pair.
  const encoded = encodeURIComponent(Buffer.from(secret, 'utf8').toString('utf8'));
  return new Set([secret, encoded, encoded.replaceAll('%20', '+'), JSON.stringify(secret).slice(1, -1)]);
}

/**
 * Base64 at each of the three places where it can start in a longer text. What is too short to be told from other text so is left out:
 * it is found by decoding.
 */
export function base64Forms(secret: string): ReadonlySet<string> {
  const bytes = Buffer.from(secret, 'utf8');
  const forms = new Set<string>();
  for (const encoding of ['base64', 'base64url'] as const) {
    for (let offset = 0; offset < 3; offset++) {
      const text = Buffer.concat([Buffer.alloc(offset), bytes])
        .toString(encoding)
        .replaceAll('=', '');
      const from = Math.ceil((offset * 8) / 6);
      // The last character may also hold bits of what follows.
      const whole = Math.floor(((offset + bytes.length) * 8) / 6);
      const core = text.slice(from, whole);
      if (core.length >= shortLength) forms.add(core);
    }
  }
  return forms;
}
