import { window, type ExtensionContext } from 'vscode';
import { registerConnectionFeatures } from './ui/connectionFeatures';

/** Builds the services and registers the features. */
export function activate(context: ExtensionContext): void {
  const logger = window.createOutputChannel('RES', { log: true });
  context.subscriptions.push(logger);
  context.subscriptions.push(registerConnectionFeatures({ context, logger }));
}
