import { readFile } from 'node:fs/promises';

/** Clocks of files and of processes differ by less, in milliseconds. */
const clockError = 1500;
/** What Linux counts a process's start in, a second. */
const ticks = 100;

/** Whether the process that had this id at a time still runs; one that started later has only the same number. */
export async function ranThen(pid: number, time: number): Promise<boolean> {
  if (!isRunning(pid)) return false;
  const started = pid === process.pid ? performance.timeOrigin : await startOf(pid);
  return started === undefined || started < time + clockError;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Another user's process: it runs, but may not be signalled.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** When a process started, in milliseconds since 1970; none where the system does not say. */
async function startOf(pid: number): Promise<number | undefined> {
  if (process.platform !== 'linux') return undefined;
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    const [, boot] = /^btime (\d+)$/m.exec(await readFile('/proc/stat', 'utf8')) ?? [];
    // The name of the program, in brackets, can hold anything.
    const sinceBoot = stat.slice(stat.lastIndexOf(')')).split(' ')[20];
    const started = Number(boot) * 1000 + (Number(sinceBoot) * 1000) / ticks;
    return Number.isFinite(started) ? started : undefined;
  } catch {
    return undefined;
  }
}
