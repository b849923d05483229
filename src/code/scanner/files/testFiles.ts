import { sep } from 'node:path';

/** Whether `caller` holds tests of code in `file`, as their names or folders tell. */
export function isTestOf(caller: string, file: string): boolean {
  let common = 0;
  while (common < caller.length && caller[common] === file[common]) common++;
  common = caller.lastIndexOf(sep, common - 1);
  return isTest(caller.slice(common)) && !isTest(file.slice(common));
}

function isTest(name: string): boolean {
  return (
    /(_test|[.-](test|spec))\.\w+$|Tests?\.(cs|java|php)$/.test(name) ||
    /[\\/](tests?|__tests__|testdata|[\w.]+\.Tests?)[\\/]/i.test(name)
  );
}
