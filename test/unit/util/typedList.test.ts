import assert from 'node:assert/strict';
import fc from 'fast-check';
import { joinList, splitList } from '../../../src/util/typedList';

describe('A list that a person types', () => {
  it('holds what stands between spaces and commas, however many', () => {
    for (const typed of ['12, 42', '12 42', '12,42', ' 12 ,\t42, ', ',12,,42,'])
      assert.deepEqual(splitList(typed), ['12', '42'], typed);
    for (const typed of ['', ' ', ' , ']) assert.deepEqual(splitList(typed), []);
  });

  it('holds whole what stands in quotes', () => {
    assert.deepEqual(splitList('"a, b" "c\\"d", "", e"f "g'), ['a, b', 'c"d', '', 'e"f', '"g']);
    assert.deepEqual(splitList('"a\tb"'), ['a\tb']);
  });

  it('is shown so that it means the same when it is typed', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), fc.string({ unit: 'binary' }))), (texts) => {
        assert.deepEqual(splitList(joinList(texts)), texts);
      }),
    );
  });

  it('shows what needs no quotes without them', () => {
    assert.equal(joinList(['library.>', '12', 'a"b']), 'library.> 12 a"b');
  });
});
