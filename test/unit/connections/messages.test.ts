import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseToHost, parseToPanel, type ToHost, type ToPanel } from '../../../src/connections/messages';
import {
  newDraft,
  parseDraft,
  parseFromForm,
  parseRememberedForm,
  type FromForm,
} from '../../../src/connections/formMessages';

const toHost: readonly ToHost[] = [
  { type: 'ready' },
  { type: 'disconnect' },
  { type: 'reconnect' },
  { type: 'openSettings' },
  { type: 'add' },
  { type: 'edit', id: 'user:Local' },
  { type: 'connect', id: 'user:Local' },
  { type: 'remove', id: 'user:Local' },
  { type: 'duplicate', id: 'user:Local' },
  { type: 'import', id: 'context:dev' },
  { type: 'move', id: 'user:Local', by: -1 },
  { type: 'protect', id: 'context:dev', on: true },
];

const fromForm: readonly FromForm[] = [
  { type: 'ready' },
  { type: 'keep' },
  { type: 'keep', draft: newDraft },
  { type: 'close' },
  { type: 'test', request: 1, draft: newDraft, secrets: {} },
  { type: 'save', request: 2, draft: newDraft, secrets: { password: 'p' } },
  { type: 'saveAndConnect', request: 3, draft: newDraft, secrets: { jwt: 'j', seed: 's' } },
];

const toPanel: readonly ToPanel[] = [
  { type: 'status', status: { connection: { kind: 'disconnected' } } },
  { type: 'profiles', profiles: { profiles: [], unusable: [], problems: [] } },
];

describe('messages between the panel and its host', () => {
  it('come through as they are', () => {
    for (const message of toHost) assert.deepEqual(parseToHost(JSON.parse(JSON.stringify(message))), message);
    for (const message of toPanel)
      assert.deepEqual(parseToPanel(JSON.parse(JSON.stringify(message))), message);
    for (const message of fromForm)
      assert.deepEqual(parseFromForm(JSON.parse(JSON.stringify(message))), message);
  });

  it('are refused, and nothing throws, when they are anything else', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        assert.equal(parseToHost(value), undefined);
        assert.equal(parseToPanel(value), undefined);
        assert.equal(parseFromForm(value), undefined);
        assert.deepEqual(parseRememberedForm(value), {});
      }),
    );
  });

  it('are refused when one field of theirs is missing or of a wrong type', () => {
    const wrong: readonly unknown[] = [
      { type: 'connect' },
      { type: 'remove', id: 5 },
      { type: 'move', id: 'user:Local', by: 2 },
      { type: 'protect', id: 'context:dev' },
      { type: 'protect', id: 5, on: true },
      { type: 'edit' },
    ];
    const wrongForms: readonly unknown[] = [
      { type: 'save', request: '1', draft: newDraft, secrets: {} },
      { type: 'save', request: 1, draft: newDraft },
      { type: 'save', request: 1, draft: newDraft, secrets: { password: 5 } },
      { type: 'keep', draft: { ...newDraft, verify: 'yes' } },
      { type: 'save', request: 1, draft: { ...newDraft, verify: 'yes' }, secrets: {} },
      { type: 'save', request: 1, draft: { ...newDraft, auth: 'magic' }, secrets: {} },
      { type: 'save', request: 1, draft: { ...newDraft, icon: 'unicorn' }, secrets: {} },
      { type: 'save', request: 1, draft: { ...newDraft, name: undefined }, secrets: {} },
    ];
    for (const message of wrong) assert.equal(parseToHost(message), undefined, JSON.stringify(message));
    for (const message of wrongForms)
      assert.equal(parseFromForm(message), undefined, JSON.stringify(message));
    assert.equal(parseToPanel({ type: 'profiles', profiles: { profiles: [] } }), undefined);
    assert.equal(parseToPanel({ type: 'status', status: {} }), undefined);
  });

  it('take a form that was remembered before there were icons', () => {
    const { icon, ...older } = newDraft;
    assert.equal(icon, '');
    assert.deepEqual(parseDraft(older), newDraft);
  });

  it('carry no field that is not theirs', () => {
    const draft = parseDraft({ ...newDraft, password: 'typed into the wrong place' });
    assert.deepEqual(draft, newDraft);
  });
});
