import assert from 'node:assert/strict';
import { type Violations, violationsIn } from '../../host/accessibility';
import { startNatsServer } from '../../host/natsServer';
import { openWorkbench, type Theme } from '../../host/workbench';
import { makeWorkspace } from '../../host/workspace';
import { ConnectionPanelPage } from '../connectionPanelPage';

describe('The pages about connections', () => {
  it('are sound to axe-core in every theme, with a mistake in the form too', async () => {
    const nats = await startNatsServer();
    const workspace = await makeWorkspace();
    const workbench = await openWorkbench({
      workspace,
      settings: {
        'res.connections': [
          { name: 'Dev', servers: [nats.url], icon: 'rocket', color: 'blue' },
          {
            name: 'Prod',
            servers: ['tls://127.0.0.1:9'],
            tls: { verify: false },
            protected: true,
            auth: 'password',
            user: 'me',
          },
        ],
      },
    });
    const own: string[] = [];
    const collect = (where: string, found: Violations): void => {
      own.push(...found.own.map((each) => `${where}: ${each}`));
    };
    try {
      const panel = await ConnectionPanelPage.open(workbench);
      await panel.button('Connect to Dev').click();
      await panel.untilState('connected');
      await panel.button('Edit Prod').click();
      for (const theme of ['dark', 'light', 'highContrast', 'highContrastLight'] satisfies Theme[]) {
        await workbench.useTheme(theme);
        // Another connection has the name.
        await panel.form.field('Name').fill('Dev');
        await panel.form.field('Name').press('Enter');
        await panel.form.answer.waitFor();
        const form = await workbench.webview('form .sections');
        collect(`${theme}, form`, await violationsIn(form));
        await workbench.screenshot(`connection-form-${theme}`);
        collect(`${theme}, panel`, await violationsIn(panel.frame));
      }
      assert.deepEqual(own, []);
    } finally {
      await workbench.close();
      await workspace.remove();
      await nats.stop();
    }
  });
});
