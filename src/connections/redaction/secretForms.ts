/** Less of it in base64 could be anything. */
const shortestBase64 = 4;

/** What to look for: the secret, and each of its lines; of a file with markers the lines between these alone. */
export function linesOf(secret: string): ReadonlySet<string> {
  const lines = secret.split(/[\r\n]+/).map((line) => line.trim());
  const inside = lines.filter((line) => line !== '' && !isMarker(line));
  return new Set(lines.length > 1 && lines.some(isMarker) ? inside : [secret, ...inside]);
}

function isMarker(line: string): boolean {
  return line.startsWith('-----');
}

/** Plain, URL-encoded, quoted as in JSON, and base64 at each of the three places where it can start in a longer text. */
export function formsOf(secret: string): ReadonlySet<string> {
  const bytes = Buffer.from(secret, 'utf8');
  // By way of the bytes, because encodeURIComponent throws on half a surrogate pair.
  const forms = new Set([
    secret,
    encodeURIComponent(bytes.toString('utf8')),
    JSON.stringify(secret).slice(1, -1),
  ]);
  for (const encoding of ['base64', 'base64url'] as const) {
    for (let offset = 0; offset < 3; offset++) {
      const text = Buffer.concat([Buffer.alloc(offset), bytes])
        .toString(encoding)
        .replaceAll('=', '');
      const from = Math.ceil((offset * 8) / 6);
      // The last character may also hold bits of what follows.
      const whole = Math.floor(((offset + bytes.length) * 8) / 6);
      const core = text.slice(from, whole);
      if (core.length >= shortestBase64) forms.add(core);
    }
  }
  return forms;
}
