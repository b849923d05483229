import { TLSSocket, type PeerCertificate } from 'node:tls';
import { member, socketOf } from './librarySocket';

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

/** How the client's socket is secured; undefined for plain text, or where it can't be found. */
export function tlsFacts(client: unknown): TlsFacts | undefined {
  const socket = socketOf(client);
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
