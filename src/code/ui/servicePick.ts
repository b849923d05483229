import { type QuickPickItem, window } from 'vscode';
import { serviceReset } from '../index/serviceReset';
import type { ServiceChoice } from '../naming/serviceChoice';
import { unnamedDescription, unnamedText } from '../naming/unnamedText';
import * as l10n from '../../util/l10n';
import type { Notifier } from '../../util/notifier';
import { placeText } from './places';

/** Lets a person choose one of the services in the code, each with the message that would be sent. */
export async function pickService(
  choices: readonly ServiceChoice[],
  notifier: Pick<Notifier, 'info'>,
  title: string,
): Promise<ServiceChoice | undefined> {
  if (choices.length === 0) {
    void notifier.info(
      l10n.t(
        'No service was found in the code of this workspace. Use “RES: Reset resources” to enter any pattern.',
      ),
    );
    return undefined;
  }
  const items = choices.map((choice) => ({ ...itemFor(choice), choice }));
  return (await window.showQuickPick(items, { title, placeHolder: l10n.t('Choose a service') }))?.choice;
}

function itemFor(choice: ServiceChoice): QuickPickItem {
  const place = placeText(choice.service.places);
  switch (choice.kind) {
    case 'named': {
      const { service } = choice;
      return {
        label: `$(server-process) ${service.name === '' ? l10n.t('(no name)') : service.name}`,
        description: place,
        detail: JSON.stringify(serviceReset(service)),
      };
    }
    case 'unnamed': {
      const { source } = choice.service;
      return {
        label: `$(server-process) ${l10n.t('name unknown')}`,
        description: unnamedDescription(source, place),
        detail: `${unnamedText(source)} ${l10n.t('You are asked for it first.')}`,
      };
    }
  }
}
