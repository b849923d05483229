import type { Workbench } from '../host/workbench';

/** Sends a reset as a person does who knows the pattern: by the command, typed into the picker. */
export async function resetResources(workbench: Workbench, pattern: string): Promise<void> {
  await workbench.runCommand('RES: Reset resources');
  const pick = workbench.quickPick();
  await pick.type(pattern);
  await pick.entry(pattern).first().waitFor();
  await pick.accept();
}
