import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { freePort } from '../../host/ports';
import { launchBrowser } from '../../host/browser';
import { projectRoot } from '../../host/cache';
import { frameWith } from '../../host/frames';
import { descendantsWith, processesWith, run, startProcess, type RunningProcess } from '../../host/processes';
import { QuickPick } from '../../host/quickPick';
import { until } from '../../integration/until';

/** A port that nobody uses now. */
describe('The demo', function () {
  this.timeout(180_000);
  const mark = randomUUID();
  let demo: RunningProcess;
  let browser: Browser;
  let page: Page;
  let address: URL;
  let port: number;

  before(async () => {
    port = await freePort();
    demo = await startProcess({
      name: 'The demo',
      command: process.execPath,
      args: ['test/host/start.mjs', 'test/host/demo.ts', '--port', String(port)],
      cwd: projectRoot,
      env: { ...process.env, RES_DEMO_MARK: mark },
      ready: /Ctrl\+C/,
      timeout: 150_000,
    });
    const addresses = demo.output().match(/http:\S+/g) ?? [];
    assert.equal(addresses.length, 1, 'one address is printed');
    address = new URL(addresses[0]);
    assert.equal(Number(address.port), port);
    browser = await launchBrowser();
    page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(address.href);
  });

  after(async () => {
    await browser.close();
    await demo.stop();
  });

  it('says how to reach it from another machine: by the ports that the window uses', async () => {
    const forwards = demo.output().match(/ssh( -L (\d+):127\.0\.0\.1:\2)+ USER@HOST/)?.[0] ?? '';
    const used = new Set<string>([String(port)]);
    const client = await frameWith(page, '#books li', 60_000);
    used.add(new URL(client.url()).port);
    const { gateway } = (await (await fetch(new URL('gateway.json', client.url()))).json()) as {
      gateway: string;
    };
    used.add(new URL(gateway).port);
    assert.deepEqual([...forwards.matchAll(/-L (\d+)/g)].map(([, one]) => one).sort(), [...used].sort());
  });

  it('refuses a port that it cannot have, before it does anything else', async () => {
    const start = (value: string): Promise<unknown> =>
      run(process.execPath, ['--import', 'tsx', 'test/host/demo.ts', '--port', value], { cwd: projectRoot });
    await assert.rejects(start(String(port)), /another program has it/);
    await assert.rejects(start('http'), /not a port/);
  });

  it('opens with the steps to try, and the client beside them', async () => {
    const steps = await frameWith(page, 'h1:has-text("A library")', 60_000);
    await steps.getByText('Make the client stale').waitFor();
    const client = await frameWith(page, '#books li');
    assert.deepEqual(await client.locator('#books strong').allInnerTexts(), [
      'Animal Farm',
      'Brave New World',
      'Coraline',
      'The Dispossessed',
    ]);
  });

  it('shows the client grow stale, and fresh again at the press of a lens', async () => {
    const client = await frameWith(page, '#books li');
    const file = path.join(address.searchParams.get('folder') ?? '', 'library/books.json');
    await writeFile(file, (await readFile(file, 'utf8')).replace('Coraline', 'Stardust'));

    const steps = await frameWith(page, 'h1:has-text("A library")');
    await steps.getByRole('link', { name: 'library/service.js' }).click();
    const lens = page.locator('.codelens-decoration a').getByText('Reset library.book.*').first();
    await lens.waitFor();
    assert.equal(
      await client.getByText('Stardust').count(),
      0,
      'the client is fresh before anything was reset',
    );

    await lens.click();
    await client.getByText('Stardust').waitFor();
  });

  it('shows the client fresh again after a restart of the service in the terminal, at the press of nothing', async () => {
    const client = await frameWith(page, '#books li');
    const pick = new QuickPick(page);
    const command = async (title: string): Promise<void> => {
      await page.keyboard.press('F1');
      await pick.type(`>${title}`);
      await pick.press(title);
    };
    const untilServices = (count: number): Promise<unknown> =>
      until(
        () => descendantsWith(demo.pid, 'library/service.js').length === count || undefined,
        () => `${count} library services`,
      );
    const start = async (): Promise<void> => {
      await page.locator('.terminal-wrapper.active .xterm.focus').waitFor();
      await page.keyboard.type('node library/service.js');
      await page.keyboard.press('Enter');
      await untilServices(2);
    };
    await command('RES: Turn on automatic resets');
    await command('Terminal: Create New Terminal');
    await start();
    await page.locator('.statusbar-item [aria-label*="library answered throughout"]').waitFor();
    const file = path.join(address.searchParams.get('folder') ?? '', 'library/books.json');
    await writeFile(file, (await readFile(file, 'utf8')).replace('Stardust', 'Neverwhere'));
    assert.equal(await client.getByText('Neverwhere').count(), 0, 'the client is fresh before the restart');
    await page.keyboard.press('Control+C');
    await untilServices(1);
    await start();
    await client.getByText('Neverwhere').waitFor();
  });

  it('ends with all that it started when Ctrl+C is pressed', async () => {
    assert.ok(processesWith('RES_DEMO_MARK', mark).length > 4, 'it has started its servers');
    // What a terminal does: the signal goes to the whole foreground group.
    process.kill(-demo.pid, 'SIGINT');
    await demo.ended;
    assert.deepEqual(processesWith('RES_DEMO_MARK', mark), []);
    await assert.rejects(fetch(address.origin), 'nobody answers at the address any more');
  });
});
