import assert from 'node:assert/strict';
import { handlerPlaces } from '../../../../src/code/index/handlerPlaces';
import { WorkspaceIndex } from '../../../../src/code/index/workspaceIndex';
import type { Fact, RequestKind } from '../../../../src/code/scanner/facts/fact';

const handler = (pattern: string, line: number, serves?: readonly RequestKind[]): Fact => ({
  kind: 'handler',
  pattern,
  line,
  column: 1,
  language: 'javascript',
  library: 'nats',
  ...(serves && { serves }),
});

describe('The place that answers a request', () => {
  const linesFor = (facts: readonly Fact[], name: string, kind: RequestKind): number[] => {
    const index = new WorkspaceIndex();
    index.update([{ file: '/service.js', facts }]);
    return handlerPlaces(index, name, kind).map(({ line }) => line);
  };
  const library = [
    handler('library.>', 1, ['access']),
    handler('library.book.*', 2, ['get']),
    handler('library.book.*', 3, ['call']),
    handler('library.book.7', 4),
  ];

  it('answers that kind of request', () => {
    assert.deepEqual(linesFor(library, 'library.book.1', 'get'), [2]);
    assert.deepEqual(linesFor(library, 'library.book.1', 'access'), [1]);
    assert.deepEqual(linesFor(library, 'library.book.1', 'call'), [3]);
  });

  it('comes before one of which the code does not tell what it answers', () => {
    assert.deepEqual(linesFor(library, 'library.book.7', 'get'), [2, 4]);
  });

  it('is the one that names the resource most closely', () => {
    const facts = [
      handler('*.book.*', 1, ['get']),
      handler('library.book.*', 2, ['get']),
      handler('library.>', 3, ['get']),
    ];
    assert.deepEqual(linesFor(facts, 'library.book.1', 'get'), [2, 1, 3]);
    assert.deepEqual(
      linesFor([...facts, handler('library.book.1', 4, ['get'])], 'library.book.1', 'get')[0],
      4,
    );
  });

  it('is where the resource is served at all, if none answers that kind', () => {
    assert.deepEqual(linesFor(library, 'library.books', 'auth'), [1]);
    assert.deepEqual(linesFor(library, 'stock.shelf', 'get'), []);
  });
});
