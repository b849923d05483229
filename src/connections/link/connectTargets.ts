import { isIP } from 'node:net';
import * as l10n from '../../util/l10n';
import { isFinal, type ConnectionProblem } from '../connectionProblem';
import type { Target } from './dial';
import { formatServer, serverAddress, type ServerAddress } from '../profile/servers';

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
      isPeer: true,
      ...(tlsName !== undefined && isIP(target.host) !== 0 ? { tlsName } : {}),
    }));
  return [...own, ...others];
}

/** What is to be said of several servers that can't be used: the problem that says most about all of them. */
export function problemOfAll(
  failed: readonly { readonly target: Target; readonly problem: ConnectionProblem }[],
): ConnectionProblem | undefined {
  const problems = failed.map(({ problem }) => problem);
  const clearest = problems.find(isFinal) ?? problems.find(({ kind }) => kind !== 'refused') ?? problems[0];
  if (clearest === undefined || failed.length === 1) return clearest;
  const all = failed.map(({ target }) => formatServer(target)).join(', ');
  const { what, why } = clearest;
  return {
    ...clearest,
    what: l10n.msg('None of these servers can be used: {0}', all),
    why: why === undefined ? what : l10n.msg('{0} ({1})', what, why),
  };
}

function addresses(texts: readonly string[]): ServerAddress[] {
  return texts.flatMap((text) => {
    const address = serverAddress(text);
    return address.ok ? [address.value] : [];
  });
}
