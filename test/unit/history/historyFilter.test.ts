import assert from 'node:assert/strict';
import {
  filterEntries,
  filterText,
  isFiltering,
  noFilter,
  type HistoryFilter,
} from '../../../src/history/historyFilter';
import { entry } from './records';
import { verbatim } from '../../../src/util/l10n';

describe('The filter of the history', () => {
  const failed = { kind: 'failed', problem: { what: verbatim('The server is gone') } } as const;
  const entries = [
    entry('1', { message: { resources: ['library.>'] } }, { label: 'Before the deploy' }),
    entry('2', { message: { access: ['inventory.item.*'] }, connection: 'staging', state: failed }),
    entry('3', { message: { resources: ['>'] }, origin: 'received', state: { kind: 'received' } }),
    entry('4', { message: { resources: ['library.book.1'] } }, { isImported: true, isPinned: true }),
    entry('5', { message: { tids: ['token-5'], subject: 'auth.login.renew' } }),
    entry('6', { message: { resources: ['library..bad'] }, origin: 'received' }),
  ];
  const shown = (filter: Partial<HistoryFilter>): string =>
    filterEntries(entries, { ...noFilter, ...filter })
      .map(({ record }) => record.id)
      .join('');

  it('shows all when there is none', () => {
    assert.equal(shown({}), '123456');
    assert.equal(isFiltering(noFilter), false);
    assert.equal(isFiltering({ ...noFilter, text: ' ' }), false);
  });

  it('tells sent, received and imported apart: what was imported was not sent', () => {
    assert.equal(shown({ kinds: ['sent'] }), '125');
    assert.equal(shown({ kinds: ['received'] }), '36');
    assert.equal(shown({ kinds: ['imported'] }), '4');
  });

  it('finds what failed and what is pinned; several kinds show all of either', () => {
    assert.equal(shown({ kinds: ['failed'] }), '2');
    assert.equal(shown({ kinds: ['pinned'] }), '4');
    assert.equal(shown({ kinds: ['failed', 'received'] }), '236');
  });

  it('finds by connection', () => {
    assert.equal(shown({ connections: ['staging'] }), '2');
    assert.equal(shown({ connections: ['staging', 'local'], kinds: ['failed'] }), '2');
  });

  it('finds by pattern what has a resource in common with it', () => {
    assert.equal(shown({ text: 'library.book.*' }), '134');
    assert.equal(shown({ text: 'inventory.item.42' }), '23');
    assert.equal(shown({ text: 'auth.login.>' }), '35');
  });

  it('finds by words in patterns, labels, connections and reasons, whatever their case', () => {
    assert.equal(shown({ text: 'DEPLOY' }), '1');
    assert.equal(shown({ text: 'stag' }), '2');
    assert.equal(shown({ text: 'gone' }), '2');
    assert.equal(shown({ text: 'token-5' }), '5');
    assert.equal(shown({ text: 'library before' }), '1');
    assert.equal(shown({ text: 'nowhere' }), '');
  });

  it('says in few words what it shows', () => {
    const filter: HistoryFilter = { kinds: ['sent', 'failed'], connections: ['local'], text: ' book ' };
    assert.equal(filterText(filter), 'sent, failed · local · “book”');
  });
});
