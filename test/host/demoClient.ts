import { readFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { build } from 'esbuild';

/** The web client of the demo's workspace, served at an address of its own. */
export interface ClientPage {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

const types: Readonly<Record<string, string>> = {
  'index.html': 'text/html; charset=utf-8',
  'style.css': 'text/css; charset=utf-8',
};

/** Serves the page in the folder; its script is bundled for each visit, so that it follows what is edited. */
export async function startClientPage(folder: string, gateway: string, port = 0): Promise<ClientPage> {
  const serve = async (name: string, response: ServerResponse): Promise<void> => {
    const type = types[name];
    if (name === 'gateway.json') send(response, 'application/json', JSON.stringify({ gateway }));
    else if (name === 'client.js') send(response, 'text/javascript', await bundle(path.join(folder, name)));
    else if (type !== undefined) send(response, type, await readFile(path.join(folder, name)));
    else response.writeHead(404).end();
  };
  const server = createServer((request, response) => {
    const name = new URL(request.url ?? '/', 'http://localhost').pathname.slice(1);
    serve(name === '' ? 'index.html' : name, response).catch((error: unknown) => {
      response.writeHead(500, { 'content-type': 'text/plain; charset=utf-8' }).end(String(error));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

function send(response: ServerResponse, type: string, body: string | Uint8Array): void {
  response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
}

async function bundle(file: string): Promise<Uint8Array> {
  const { outputFiles } = await build({
    entryPoints: [file],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    logLevel: 'silent',
  });
  return outputFiles[0]?.contents ?? new Uint8Array();
}
