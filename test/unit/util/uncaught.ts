/** What nobody catches while something is done, and in the tasks that it leaves behind. */
export async function uncaughtDuring(act: () => unknown): Promise<Error[]> {
  const uncaught: Error[] = [];
  const take = (error: Error): void => void uncaught.push(error);
  // Mocha would take them for failures of the test.
  const others = process.rawListeners('uncaughtException') as ((error: Error) => void)[];
  process.removeAllListeners('uncaughtException');
  process.on('uncaughtException', take);
  try {
    await act();
    await new Promise((resolve) => setTimeout(resolve));
  } finally {
    process.removeListener('uncaughtException', take);
    for (const other of others) process.on('uncaughtException', other);
  }
  return uncaught;
}
