import { TLSSocket, type PeerCertificate } from 'node:tls';

/** How a link is secured, for a person to read. */
export interface TlsFacts {
  /** Such as `TLSv1.3`. */
  readonly protocol: string;
  readonly cipher: string;
  /** Whom the certificate of the server is for, who signed it, and until when it is valid, as far as it tells. */
  readonly subject?: string;
  readonly issuer?: string;
  readonly validTo?: string;
}

/**
 * How the client's socket is secured; undefined for plain text. The client library does not hand its socket out, so
 * that it is looked for where the library keeps it, and its facts are left out if it is not there any more.
 */
export function tlsFacts(client: unknown): TlsFacts | undefined {
  const socket = ['protocol', 'transport', 'socket'].reduce(member, client);
  if (!(socket instanceof TLSSocket)) return undefined;
  // It is empty where the server showed none.
  const certificate: Partial<PeerCertificate> = socket.getPeerCertificate();
  const { subject, issuer, valid_to: validTo } = certificate;
  return {
    protocol: socket.getProtocol() ?? '',
    cipher: socket.getCipher().standardName,
    ...named('subject', subject),
    ...named('issuer', issuer),
    ...(validTo === undefined ? {} : { validTo }),
  };
}

function named(field: 'subject' | 'issuer', name: unknown): Partial<TlsFacts> {
  const commonName = member(name, 'CN') ?? member(name, 'O');
  return typeof commonName === 'string' ? { [field]: commonName } : {};
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (Reflect.get(value, name) as unknown) : undefined;
}
