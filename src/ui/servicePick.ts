import { window } from 'vscode';
import { serviceReset } from '../index/serviceReset';
import type { KnownService, WorkspaceIndex } from '../index/workspaceIndex';
import { placeText } from './places';

/** Lets a person choose one of the services in the code, each with the message that would be sent. */
export async function pickService(index: WorkspaceIndex, title: string): Promise<KnownService | undefined> {
  const items = index.services().map((service) => ({
    label: `$(server-process) ${service.name === '' ? '(no name)' : service.name}`,
    description: placeText(service.places),
    detail: JSON.stringify(serviceReset(service)),
    service,
  }));
  if (items.length === 0) {
    void window.showInformationMessage(
      'RES: No service was found in the code of this workspace. “RES: Reset resources” takes any pattern that you type.',
    );
    return undefined;
  }
  return (await window.showQuickPick(items, { title, placeHolder: 'The service to reset' }))?.service;
}
