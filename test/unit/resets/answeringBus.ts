import type { Bus, PublishResult } from '../../../src/resets/bus';

/** A bus on which each publish ends so; `sent` gets what was published. */
export const busThatAnswers = (result: PublishResult, sent: string[] = []): Bus => ({
  id: 'user:local',
  connection: 'local',
  isProtected: false,
  isUnverified: false,
  publish: (subject, data) => {
    sent.push(`${subject} ${new TextDecoder().decode(data)}`);
    return Promise.resolve(result);
  },
  subscribe: () => ({ dispose: () => undefined }),
  onDidDisconnect: () => ({ dispose: () => undefined }),
  heardUntil: 0,
  flush: () => Promise.resolve(true),
});
