import { ConfigurationTarget, workspace } from 'vscode';

/** Sets settings of the workspace and resolves with what puts them back. */
export async function setSettings(settings: Readonly<Record<string, unknown>>): Promise<() => Promise<void>> {
  const before = Object.keys(settings).map(
    (name) => [name, workspace.getConfiguration().inspect(name)?.workspaceValue] as const,
  );
  const write = async (name: string, value: unknown): Promise<void> => {
    await workspace.getConfiguration().update(name, value, ConfigurationTarget.Workspace);
  };
  for (const [name, value] of Object.entries(settings)) await write(name, value);
  return async () => {
    for (const [name, value] of before) await write(name, value);
  };
}
