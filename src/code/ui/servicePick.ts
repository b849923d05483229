import { window } from 'vscode';
import { serviceReset } from '../index/serviceReset';
import type { KnownService, WorkspaceIndex } from '../index/workspaceIndex';
import * as l10n from '../../util/l10n';
import { placeText } from './places';

/** Lets a person choose one of the services in the code, each with the message that would be sent. */
export async function pickService(index: WorkspaceIndex, title: string): Promise<KnownService | undefined> {
  const items = index.services().map((service) => ({
    label: `$(server-process) ${service.name === '' ? l10n.t('(no name)') : service.name}`,
    description: placeText(service.places),
    detail: JSON.stringify(serviceReset(service)),
    service,
  }));
  if (items.length === 0) {
    void window.showInformationMessage(
      l10n.t(
        'RES: No service was found in the code of this workspace. Use “RES: Reset resources” to enter any pattern.',
      ),
    );
    return undefined;
  }
  return (await window.showQuickPick(items, { title, placeHolder: l10n.t('Choose a service') }))?.service;
}
