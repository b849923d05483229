import { createPrivateKey } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { temporaryFolder } from '../host/cache';
import { run } from '../host/processes';

/** Certificates for one test run, as the paths of PEM files. */
export interface Certificates {
  readonly caFile: string;
  /** For 127.0.0.1 and localhost. */
  readonly server: KeyPair;
  /** For nats.example.test only. */
  readonly named: KeyPair;
  /** For 127.0.0.1, and expired. */
  readonly expired: KeyPair;
  /** For a client; its key needs the passphrase. */
  readonly client: KeyPair & { readonly passphrase: string };
  readonly remove: () => Promise<void>;
}

export interface KeyPair {
  readonly certFile: string;
  readonly keyFile: string;
}

/** Makes an authority and what it signs, with the openssl program. */
export async function makeCertificates(): Promise<Certificates> {
  const folder = await temporaryFolder('certificates-');
  const at = (file: string): string => path.join(folder.path, file);
  const openssl = (...args: string[]): Promise<string> => run('openssl', args, { cwd: folder.path });
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const caFile = at('ca.pem');
  await openssl(
    ...['req', '-x509', ...newKey, '-keyout', 'ca.key', '-out', caFile, '-days', '2'],
    ...['-subj', '/CN=Test authority', '-addext', 'basicConstraints=critical,CA:TRUE'],
  );
  const sign = async (name: string, altNames: string, days: number): Promise<KeyPair> => {
    const pair = { certFile: at(`${name}.pem`), keyFile: at(`${name}.key`) };
    await openssl(
      ...['req', ...newKey, '-keyout', pair.keyFile, '-out', at(`${name}.csr`), '-subj', `/CN=${name}`],
    );
    await writeFile(at(`${name}.ext`), `subjectAltName=${altNames}\nbasicConstraints=CA:FALSE\n`);
    await openssl(
      ...['x509', '-req', '-in', at(`${name}.csr`), '-out', pair.certFile, '-days', String(days)],
      ...['-CA', caFile, '-CAkey', 'ca.key', '-CAcreateserial', '-extfile', at(`${name}.ext`)],
    );
    return pair;
  };
  const local = 'DNS:localhost,IP:127.0.0.1';
  const server = await sign('server', local, 2);
  const named = await sign('named', 'DNS:nats.example.test', 2);
  const expired = await sign('expired', local, -1);
  const client = await sign('client', 'DNS:client.example.test', 2);
  const passphrase = 'open sesame 7';
  const key = createPrivateKey(await readFile(client.keyFile, 'utf8'));
  await writeFile(
    client.keyFile,
    key.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase }),
  );
  return {
    caFile,
    server,
    named,
    expired,
    client: { ...client, passphrase },
    remove: folder.remove,
  };
}
