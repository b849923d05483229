import type { IncomingMessage } from 'node:http';

/** How a client connected, as auth requests tell it (RES Service Protocol, "Auth request"). */
export function describeUpgrade(request: IncomingMessage): Record<string, unknown> {
  const header: Record<string, string[]> = {};
  for (let index = 0; index + 1 < request.rawHeaders.length; index += 2) {
    const name = canonicalName(request.rawHeaders[index] ?? '');
    if (name !== 'Host') (header[name] ??= []).push(request.rawHeaders[index + 1] ?? '');
  }
  const { remoteAddress = '', remotePort = 0 } = request.socket;
  return {
    header: Object.fromEntries(Object.entries(header).sort(([a], [b]) => (a < b ? -1 : 1))),
    host: request.headers.host ?? '',
    remoteAddr: `${remoteAddress}:${remotePort}`,
    uri: request.url ?? '',
  };
}

/** A header's name with each word capitalised, and nothing else. */
function canonicalName(name: string): string {
  return name.toLowerCase().replace(/(?<=^|-)[a-z]/g, (letter) => letter.toUpperCase());
}
