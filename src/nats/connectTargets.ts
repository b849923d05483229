import { isIP } from 'node:net';
import type { Result } from '../util/problem';
import type { Access } from './access';
import { isFinal, type ConnectionProblem } from './connectionProblem';
import type { Dial, Target } from './dial';
import type { Link } from './link';
import { formatServer, serverAddress, type ServerAddress } from './servers';

/** The servers of a profile, and after them the ones that the cluster named, by way of one of the profile's. */
export function targetsOf(servers: readonly string[], peers: Iterable<string> = [], namedBy = ''): Target[] {
  const own = addresses(servers).map((address) => ({ ...address, profileServer: formatServer(address) }));
  const known = new Set(own.map(({ host, port }) => `${host}:${port}`));
  const tlsName = own.find(({ host }) => isIP(host) === 0)?.host;
  const tls = own.some((target) => target.tls);
  const others = addresses([...peers])
    .filter(({ host, port }) => !known.has(`${host}:${port}`))
    .map((target) => ({
      ...target,
      profileServer: namedBy,
      tls,
      ...(tlsName !== undefined && isIP(target.host) !== 0 ? { tlsName } : {}),
    }));
  return [...own, ...others];
}

/** Tries one after the other; the problem is the one that says most about all of them. */
export async function connectFirst(
  targets: readonly Target[],
  access: Access,
  dial: Dial,
  isWanted: () => boolean = () => true,
): Promise<Result<Link, ConnectionProblem>> {
  const problems: ConnectionProblem[] = [];
  for (const target of targets) {
    if (!isWanted()) break;
    const link = await dial(target, access);
    if (link.ok) return link;
    problems.push(link.problem);
  }
  const telling = problems.find(isFinal) ?? problems.find(({ kind }) => kind !== 'refused') ?? problems[0];
  if (telling === undefined) return { ok: false, problem: { kind: 'other', what: 'No server was tried' } };
  if (problems.length === 1) return { ok: false, problem: telling };
  const all = targets.map(formatServer).join(', ');
  const { what, why } = telling;
  return {
    ok: false,
    problem: {
      ...telling,
      what: `None of the servers ${all} can be used`,
      why: why === undefined ? what : `${what} (${why})`,
    },
  };
}

function addresses(texts: readonly string[]): ServerAddress[] {
  return texts.flatMap((text) => {
    const address = serverAddress(text);
    return address.ok ? [address.value] : [];
  });
}
