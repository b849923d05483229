import { collectionSteps } from './collectionDiff';
import { type Answer, failed, internalError, isObject } from './protocol';
import type { ResourceEvent } from './resourceEvent';
import { type Content, deleteValue, equalValues, parseProperties, parseValue, type Value } from './value';

/** What an event makes of a content, and what subscribers are told; none if it changes nothing. */
export type Applied = Answer<{ readonly content: Content; readonly event: ResourceEvent } | undefined>;

/** Applies a change, add or remove event to a content (RES Service Protocol, "Events"). */
export function applyEvent(content: Content, name: 'change' | 'add' | 'remove', data: unknown): Applied {
  if (!isObject(data)) return failed(internalError(`${name} event without data`));
  switch (name) {
    case 'change': {
      if (!isObject(data['values'])) return failed(internalError('change event without values'));
      const changed = parseProperties(data['values']);
      return changed.ok ? change(content, changed.value) : changed;
    }
    case 'add': {
      const value = parseValue(data['value'] ?? null);
      return value.ok ? add(content, indexIn(data), value.value) : value;
    }
    case 'remove':
      return remove(content, indexIn(data), data);
  }
}

/** The events that turn a content into another, each applied to what the one before it left. */
export function* eventsBetween(old: Content, next: Content): Generator<Applied> {
  if (old.type === 'model' && next.type === 'model') {
    const changed = new Map(next.values);
    for (const key of old.values.keys()) if (!next.values.has(key)) changed.set(key, deleteValue);
    yield change(old, changed);
  } else if (old.type === 'collection' && next.type === 'collection') {
    let content: Content = old;
    for (const step of collectionSteps(old.values, next.values)) {
      const { idx } = step;
      const applied: Applied =
        step.step === 'add' ? add(content, idx, step.value) : remove(content, idx, { idx });
      if (applied.ok && applied.value) content = applied.value.content;
      yield applied;
    }
  } else {
    yield failed(internalError('mismatching resource type'));
  }
}

function change(content: Content, given: ReadonlyMap<string, Value>): Applied {
  if (content.type !== 'model') return failed(internalError('change event on a collection'));
  const old = content.values;
  const values = new Map(old);
  const changed = new Map<string, Value>();
  for (const [key, value] of given) {
    const before = old.get(key);
    if (value.kind === 'delete' ? !before : before && equalValues(before, value)) continue;
    changed.set(key, value);
    if (value.kind === 'delete') values.delete(key);
    else values.set(key, value);
  }
  if (changed.size === 0) return { ok: true, value: undefined };
  return { ok: true, value: { content: { type: 'model', values }, event: { kind: 'change', changed, old } } };
}

function add(content: Content, idx: number, value: Value): Applied {
  if (content.type !== 'collection') return failed(internalError('add event on a model'));
  if (value.kind === 'delete' || idx < 0 || idx > content.values.length) {
    return failed(internalError(`add event with an invalid value or idx ${idx}`));
  }
  const values = content.values.toSpliced(idx, 0, value);
  return { ok: true, value: { content: { type: 'collection', values }, event: { kind: 'add', idx, value } } };
}

function remove(content: Content, idx: number, data: unknown): Applied {
  if (content.type !== 'collection') return failed(internalError('remove event on a model'));
  const value = content.values[idx];
  if (!value) return failed(internalError(`remove event with idx ${idx} out of bounds`));
  const values = content.values.toSpliced(idx, 1);
  return {
    ok: true,
    value: { content: { type: 'collection', values }, event: { kind: 'remove', value, data } },
  };
}

function indexIn(data: Readonly<Record<string, unknown>>): number {
  const idx = data['idx'] ?? 0;
  return Number.isInteger(idx) ? Number(idx) : -1;
}
