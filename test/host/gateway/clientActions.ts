import { callDenied, getDenied } from './access';
import { type CallResult, parseCallResponse } from './callResponse';
import type { ClientAction } from './clientRequest';
import type { Connection } from './connection';
import { splitResourceId } from './names';
import { type Answer, errors, failed } from './protocol';
import { whenReady } from './readiness';
import { type ResourceSet, Subscription } from './subscription';

/** Answers a client's request, once. */
export type Reply = (answer: Answer<unknown>) => void;

/** Does what a client asks for and replies. */
export function perform(connection: Connection, action: ClientAction, reply: Reply): void {
  switch (action.action) {
    case 'version':
      reply(connection.setVersion(action.protocol));
      break;
    case 'get':
    case 'subscribe':
      subscribe(connection, action.rid, action.action === 'get', reply);
      break;
    case 'unsubscribe':
      reply(unsubscribe(connection, action.rid, action.count));
      break;
    case 'call':
      call(connection, action.rid, action.method, action.params, (result) => {
        replyToCall(connection, result, reply);
      });
      break;
    case 'new':
      call(connection, action.rid, 'new', action.params, (result) => {
        if (!result.ok) reply(result);
        else if (result.value.rid === undefined) reply(failed(errors.notResource));
        else replyWithResource(connection, result.value.rid, reply);
      });
      break;
    case 'auth': {
      const { name, query } = splitResourceId(connection.expandCid(action.rid));
      const payload = connection.authPayload(query, action.params);
      connection.request(name, `auth.${name}.${action.method}`, payload, (answer) => {
        replyToCall(connection, parseCallResponse(answer, false), reply);
      });
      break;
    }
  }
}

/** A get is a subscription that ends as soon as it has been replied to. */
function subscribe(connection: Connection, rid: string, isOnce: boolean, reply: Reply): void {
  const held = connection.hold(rid);
  if (!held.ok) {
    reply(held);
    return;
  }
  const subscription = held.value;
  subscription.access.use((access) => {
    const denied = getDenied(access);
    if (denied) {
      reply(failed(denied));
      connection.release(subscription, 1);
      return;
    }
    whenReady(subscription, () => {
      if (subscription.error) {
        reply(failed(subscription.error));
        // Resgate keeps a failed get held as well: the client gets the same error for as long as it is connected.
        if (!isOnce) connection.release(subscription, 1);
        return;
      }
      send(subscription, {}, reply);
      if (isOnce) connection.release(subscription, 1);
    });
  });
}

function unsubscribe(connection: Connection, rid: string, count: number): Answer<undefined> {
  const subscription = connection.existing(rid);
  if (!subscription || subscription.direct < count) return failed(errors.noSubscription);
  connection.release(subscription, count);
  return { ok: true, value: undefined };
}

function call(
  connection: Connection,
  rid: string,
  method: string,
  params: unknown,
  done: (result: Answer<CallResult>) => void,
): void {
  const subscription = connection.existing(rid) ?? new Subscription(connection, rid);
  const { name, query, access } = subscription;
  access.use((allowed) => {
    const denied = callDenied(allowed, method);
    if (denied) {
      done(failed(denied));
      return;
    }
    connection.request(name, `call.${name}.${method}`, connection.payload(query, params), (answer) => {
      done(parseCallResponse(answer, method === 'new'));
    });
  });
}

function replyToCall(connection: Connection, result: Answer<CallResult>, reply: Reply): void {
  if (!result.ok) {
    reply(result);
    return;
  }
  const { rid, payload } = result.value;
  if (connection.hasBareResults) reply({ ok: true, value: rid === undefined ? payload : { rid } });
  else if (rid === undefined) reply({ ok: true, value: { payload } });
  else replyWithResource(connection, rid, reply);
}

/** The call has succeeded, so a resource that can't be got is part of the result and no error of the request. */
function replyWithResource(connection: Connection, rid: string, reply: Reply): void {
  const held = connection.hold(rid);
  if (!held.ok) {
    reply(held);
    return;
  }
  const subscription = held.value;
  subscription.access.use((access) => {
    const denied = getDenied(access);
    if (denied) {
      reply({ ok: true, value: { rid, errors: { [rid]: denied } } });
      connection.release(subscription, 1);
      return;
    }
    whenReady(subscription, () => {
      send(subscription, { rid }, reply);
    });
  });
}

/** Replies with what the client has not got yet of a resource, and lets the events go that waited for that. */
function send(subscription: Subscription, result: { readonly rid?: string }, reply: Reply): void {
  const set: ResourceSet = {};
  subscription.collect(set);
  reply({ ok: true, value: { ...result, ...set } });
  subscription.markSent();
}
