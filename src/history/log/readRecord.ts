import type { SystemMessage } from '../../res/systemMessage';
import type { Observation } from '../../resets/observe/observation';
import type { Origin, ResetRecord, ResetState } from '../../resets/resetRecord';
import { isObject } from './isObject';
import { readObservation } from './readObservation';
import { readProblem } from './readProblem';

/** The farthest from 1970 that a date can be, in milliseconds. */
const lastTime = 8.64e15;

/** The record that a value is; none if it isn't one. Unknown fields are dropped. */
export function readRecord(value: unknown): ResetRecord | undefined {
  if (!isObject(value)) return undefined;
  const { id, time, origin, connection, connectionId, leftOut } = value;
  const state = readState(value.state);
  const message = readMessage(value.message);
  if (typeof id !== 'string' || id === '' || typeof time !== 'number') return undefined;
  if (!(Math.abs(time) <= lastTime) || !isOrigin(origin) || !state || !message) return undefined;
  if (connection !== undefined && typeof connection !== 'string') return undefined;
  return {
    id,
    time,
    origin,
    message,
    ...(typeof leftOut === 'number' && leftOut > 0 && { leftOut }),
    ...(connection !== undefined && { connection }),
    ...(typeof connectionId === 'string' && { connectionId }),
    state,
  };
}

function readMessage(value: unknown): SystemMessage | undefined {
  if (!isObject(value)) return undefined;
  const { resources, access, tids, subject } = value;
  if (tids !== undefined) {
    return isTexts(tids) && typeof subject === 'string' ? { tids, subject } : undefined;
  }
  if (resources !== undefined && !isTexts(resources)) return undefined;
  if (access !== undefined && !isTexts(access)) return undefined;
  return { ...(resources && { resources }), ...(access && { access }) };
}

function readState(value: unknown): ResetState | undefined {
  if (!isObject(value)) return undefined;
  const server = typeof value.server === 'string' ? value.server : undefined;
  switch (value.kind) {
    case 'requested':
    case 'sending':
      return { kind: value.kind };
    case 'published':
      return server === undefined
        ? undefined
        : { kind: 'published', server, ...readObserved(value.observation) };
    case 'received':
      return { kind: 'received', ...readObserved(value.observation) };
    case 'rejected':
    case 'failed': {
      const problem = readProblem(value.problem);
      return problem && { kind: value.kind, problem, ...(server !== undefined && { server }) };
    }
    default:
      return undefined;
  }
}

function readObserved(value: unknown): { observation?: Observation } {
  const observation = readObservation(value);
  return observation ? { observation } : {};
}

const origins: Readonly<Record<Origin, true>> = {
  command: true,
  codeLens: true,
  history: true,
  resources: true,
  api: true,
  task: true,
  tool: true,
  save: true,
  restart: true,
  reconnect: true,
  received: true,
  self: true,
};

function isOrigin(value: unknown): value is Origin {
  return typeof value === 'string' && Object.hasOwn(origins, value);
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
