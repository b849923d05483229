import type { ResetMessage } from '../../res/resetMessage';
import type { Fact } from '../scanner/facts/fact';
import type { KnownService } from './workspaceIndex';

/**
 * What resets a whole service, as go-res itself sends it when it starts: the root where the service serves it and all
 * below it, in `resources` if a handler answers get, call or auth, in `access` if one answers access; a list that the
 * service sets itself replaces the one that follows from its handlers.
 */
export function serviceReset(service: Omit<KnownService, 'places'>): ResetMessage {
  const { name, servesRoot, serves, owned } = service;
  const below = name === '' ? '>' : `${name}.>`;
  const all = servesRoot && name !== '' ? [name, below] : [below];
  const servesAccess = serves.has('access');
  const servesResources = !servesAccess || serves.size > 1;
  const resources = owned?.resources ?? (servesResources ? all : []);
  const access = owned?.access ?? (servesAccess ? all : []);
  return {
    ...(resources.length > 0 && { resources }),
    ...(access.length > 0 && { access }),
  };
}

/** What resets the resources of one handler: access only where it answers nothing else. */
export function handlerReset(handler: Pick<Fact, 'pattern' | 'serves'>): ResetMessage {
  const onlyAccess = handler.serves?.length === 1 && handler.serves[0] === 'access';
  return onlyAccess ? { access: [handler.pattern] } : { resources: [handler.pattern] };
}
