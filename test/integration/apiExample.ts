import { extensions } from 'vscode';
import type { ResApi } from '../../src/recovery/extensionApi';

/** Resets a book once another extension has changed it. */
export async function afterBookChanged(id: string): Promise<string> {
  const res = await extensions.getExtension<ResApi>('vscode-res.vscode-res')?.activate();
  if (res?.version !== 1) return 'RES for VS Code is not installed';
  const { state, reason } = await res.reset({ resources: `library.book.${id}` });
  return reason ?? state;
}
