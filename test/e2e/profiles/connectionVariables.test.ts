import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { makeCertificates, type Certificates } from '../../bus/natsCertificates';
import { startNatsServer, type NatsServer } from '../../host/natsServer';
import { openWorkbench, type Workbench } from '../../host/workbench';
import { makeWorkspace, type Workspace } from '../../host/workspace';
import { ConnectionPanelPage } from '../connectionPanelPage';

const password = 'battery, staple@home';

async function startTlsServer({ server }: Certificates, args: readonly string[]): Promise<NatsServer> {
  const { certFile, keyFile } = server;
  return startNatsServer({ args, config: `tls { cert_file: "${certFile}", key_file: "${keyFile}" }` });
}

describe('Connections that a team shares', function () {
  this.timeout(60_000);
  let certificates: Certificates;
  let nats: NatsServer;
  let workspace: Workspace;
  let workbench: Workbench;
  let panel: ConnectionPanelPage;
  let connections: Record<string, unknown>[];

  before(async function () {
    this.timeout(180_000);
    certificates = await makeCertificates();
    nats = await startTlsServer(certificates, ['--user', 'alice', '--pass', password]);
    const tls = { caFile: 'certs/ca.pem' };
    connections = [
      { name: 'Team', servers: ['tls://${env:TEAM_SERVER}'], auth: 'password', tls },
      {
        name: 'By URL',
        servers: ['tls://alice:${env:TEAM_SECRET}@127.0.0.1:${env:TEAM_PORT}'],
        tls: { caFile: '${workspaceFolder}/certs/ca.pem' },
      },
      {
        name: 'Elsewhere',
        servers: ['${env:NOT_SET_HERE}'],
        auth: 'password',
        tls: { caFile: '$NOR_THIS/ca' },
      },
    ];
    workspace = await makeWorkspace({
      files: { 'certs/ca.pem': await readFile(certificates.caFile, 'utf8') },
      settings: { 'res.connections': [...connections, { name: 'Web', servers: 'wss://nats.example.com' }] },
    });
    workbench = await openWorkbench({
      workspace,
      settings: { 'res.connections': [{ name: 'Mine', servers: 'h', tls: { caFile: 'certs/ca.pem' } }] },
      env: {
        TEAM_SERVER: `127.0.0.1:${nats.port}`,
        TEAM_PORT: String(nats.port),
        TEAM_SECRET: password,
      },
    });
    panel = await ConnectionPanelPage.open(workbench);
  });

  after(async () => {
    await workbench.close();
    await nats.stop();
    await workspace.remove();
    await certificates.remove();
  });

  async function saved(): Promise<unknown[]> {
    const settings = JSON.parse(await workspace.read('.vscode/settings.json')) as Record<string, unknown[]>;
    return settings['res.connections'] ?? [];
  }

  async function enter(field: RegExp, text: string): Promise<void> {
    const box = workbench.quickPick();
    await box.asksFor(field);
    await box.type(text);
    await box.accept();
  }

  it('say in their row what is not set on this machine, and are not offered to connect', async () => {
    const row = panel.row('Elsewhere');
    await row.filter({ hasText: /environment variable NOT_SET_HERE is not set/ }).waitFor();
    assert.match(await row.innerText(), /"tls.caFile": the environment variable NOR_THIS is not set/);
    assert.equal(await panel.button('Connect to Elsewhere').count(), 0);
    await workbench.screenshot('connection-variables');
  });

  it('are refused in user settings where their paths are relative, and where they are WebSocket addresses', async () => {
    assert.match(
      await panel.row('Mine').innerText(),
      /"tls.caFile": relative paths are not possible in user settings/,
    );
    assert.match(
      await panel.frame.locator('main').innerText(),
      /"Web".*WebSocket \(wss:\/\/\) is not supported/,
    );
    await panel.button('Add connection').click();
    await panel.form.field('Name').fill('New');
    await panel.form.field('Servers').fill('h');
    await panel.form.field('CA file').fill('ca.pem');
    await panel.form.button('Save').click();
    await panel.form.answer
      .filter({ hasText: /cannot be saved: "tls.caFile": relative paths are not/ })
      .waitFor();
    await panel.form.button('Cancel').click();
  });

  it('ask for the user with the password, connect by TLS, and keep both for this person alone', async () => {
    assert.equal(await panel.row('Team').locator('.problem').count(), 0);
    await panel.button('Connect to Team').click();
    await enter(/^User$/, 'alice');
    await enter(/^Password$/, password);
    await panel.untilState('connected');
    await panel.status.filter({ hasText: /Security\s*TLS/ }).waitFor();
    await panel.button('Disconnect').click();
    await panel.untilState('disconnected');
    await panel.button('Connect to Team').click();
    await panel.untilState('connected');
    assert.deepEqual((await saved()).slice(0, 3), connections);
  });

  it('keep their variables when they are edited', async () => {
    await panel.button('Edit Team').click();
    assert.equal(await panel.form.field('Servers').inputValue(), 'tls://${env:TEAM_SERVER}');
    assert.equal(
      await panel.form.field('User').getAttribute('placeholder'),
      'Stored for you on this machine',
    );
    await panel.form.checkbox('Protected: ask before every reset').click();
    await panel.form.button('Save').click();
    await panel.form.closed();
    await panel.row('Team').filter({ hasText: 'protected' }).waitFor();
    await panel.untilState('connected');
    assert.deepEqual((await saved())[0], { ...connections[0], protected: true });
    await panel.button('Edit Elsewhere').click();
    await panel.form.checkbox('Protected: ask before every reset').click();
    await panel.form.button('Save').click();
    await panel.form.closed();
    await panel.row('Elsewhere').filter({ hasText: 'protected' }).waitFor();
    assert.deepEqual((await saved())[2], { ...connections[2], protected: true });
  });

  it('connect by credentials that a variable brings into the URL, and show them nowhere', async () => {
    await panel.button('Connect to By URL').click();
    await panel.status.filter({ hasText: /Connected to By URL/ }).waitFor();
    await panel.untilState('connected');
    const shown = [await panel.frame.locator('main').innerText(), await workbench.page.innerText('body')];
    assert.ok(!shown.join('\n').includes(password));
    await panel.button('Edit By URL').click();
    assert.equal(
      await panel.form.field('Servers').inputValue(),
      String((connections[1]?.['servers'] as string[])[0]),
    );
    await panel.form.button('Cancel').click();
  });

  it('ask again for a user that the server does not accept any more', async () => {
    await panel.button('Disconnect').click();
    await panel.untilState('disconnected');
    const { port } = nats;
    await nats.stop();
    const { certFile, keyFile } = certificates.server;
    nats = await startNatsServer({
      port,
      args: ['--user', 'bob', '--pass', password],
      config: `tls { cert_file: "${certFile}", key_file: "${keyFile}" }`,
    });
    await panel.button('Connect to Team').click();
    const box = workbench.quickPick();
    await box.asksFor(/^User$/);
    assert.equal(await box.typed(), 'alice');
    await box.type('bob');
    await box.accept();
    await enter(/^Password$/, password);
    await panel.untilState('connected');
  });
});

describe('A workspace of several folders', function () {
  this.timeout(60_000);
  let certificates: Certificates;
  let nats: NatsServer;
  let workspace: Workspace;
  let workbench: Workbench;
  let panel: ConnectionPanelPage;
  const file = 'team.code-workspace';

  before(async function () {
    this.timeout(180_000);
    certificates = await makeCertificates();
    nats = await startTlsServer(certificates, []);
    const servers = [nats.url];
    const connection = (name: string, caFile: string): object => ({ name, servers, tls: { caFile } });
    const ca = await readFile(certificates.caFile, 'utf8');
    workspace = await makeWorkspace({
      files: {
        'certs/ca.pem': ca,
        'web/ca.pem': ca,
        'api/.vscode/settings.json': JSON.stringify({
          'res.connections': [connection('Api', '${workspaceFolder}/../certs/ca.pem')],
        }),
        [file]: JSON.stringify({
          folders: [{ path: 'api' }, { path: 'web' }],
          settings: {
            'res.connections': [
              connection('Beside', 'certs/ca.pem'),
              connection('Named', '${workspaceFolder:web}/ca.pem'),
              connection('Bare', '${workspaceFolder}/ca.pem'),
            ],
          },
        }),
      },
    });
    workbench = await openWorkbench({ workspace: { path: path.join(workspace.path, file) } });
    panel = await ConnectionPanelPage.open(workbench);
  });

  after(async () => {
    await workbench.close();
    await nats.stop();
    await workspace.remove();
    await certificates.remove();
  });

  it('says in the row which connection does not name its folder, and which folders there are', async () => {
    const row = panel.row('Bare');
    await row
      .filter({ hasText: /\$\{workspaceFolder\} is ambiguous in a workspace with several folders/ })
      .waitFor();
    assert.match(await row.innerText(), /\$\{workspaceFolder:NAME\}.*api, web/s);
    assert.equal(await panel.button('Connect to Bare').count(), 0);
    await workbench.screenshot('connection-folders');
  });

  for (const name of ['Beside', 'Named', 'Api']) {
    it(`connects by the connection ${name}`, async () => {
      await panel.button(`Connect to ${name}`).click();
      await panel.status.filter({ hasText: `Connected to ${name}` }).waitFor();
    });
  }

  it('edits a folder’s connection in the folder’s own settings', async () => {
    await panel.row('Api').filter({ hasText: 'folder api' }).waitFor();
    await panel.button('Edit Api').click();
    await panel.form.checkbox('Protected: ask before every reset').click();
    await panel.form.button('Save').click();
    await panel.row('Api').filter({ hasText: 'protected' }).waitFor();
    const settings = JSON.parse(await workspace.read('api/.vscode/settings.json')) as object;
    assert.deepEqual(settings, {
      'res.connections': [
        {
          name: 'Api',
          servers: [nats.url],
          tls: { caFile: '${workspaceFolder}/../certs/ca.pem' },
          protected: true,
        },
      ],
    });
    await panel.status.filter({ hasText: 'Connected to Api' }).waitFor();
  });
});
