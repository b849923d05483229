import type { ConnectionOptions } from 'nats';

/**
 * Makes the options of a NATS connection from a URL. The client library takes a list where the URL holds commas, and
 * leaves out the user and password that are in a URL; both have to be told apart for it.
 */
export function connectionOptions(url: string): ConnectionOptions {
  const urls = url.split(',').map((each) => new URL(each.includes('://') ? each : `nats://${each}`));
  const [user, pass] = [urls[0]?.username ?? '', urls[0]?.password ?? ''].map(decodeURIComponent);
  return {
    servers: urls.map(({ host }) => host),
    // All that is cached is stale after a lost connection, so the gateway ends with it.
    reconnect: false,
    ...(user ? (pass ? { user, pass } : { token: user }) : {}),
    ...(urls.some(({ protocol }) => protocol === 'tls:') ? { tls: {} } : {}),
  };
}

/** The URL without user and password, to be shown. */
export function shownUrl(url: string): string {
  return url.replace(/[^/,@]*@/g, '');
}
