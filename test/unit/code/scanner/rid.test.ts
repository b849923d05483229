import assert from 'node:assert/strict';
import { languages } from '../../../../src/code/scanner/languages/index';
import { Scanner } from '../../../../src/code/scanner/scanner';
import { grammarFolder } from './grammarFolder';
import { describeFact } from './marks';

const model = '/w/model.py';
const service = '/w/service.py';
const text = 'def book(id):\n    return {"rid": f"library.book.{id}", "request": {"rid": "17"}}\n';

describe('the value of a rid key in a file that works with no library', () => {
  let scanner: Scanner;

  async function facts(change: { file: string; text: string }): Promise<string[]> {
    const results = await scanner.apply([change]);
    return results.find(({ file }) => file === model)?.facts.map(describeFact) ?? [];
  }

  beforeEach(() => {
    scanner = new Scanner(languages, grammarFolder);
  });

  it('says nothing by itself', async () => {
    assert.deepEqual(await facts({ file: model, text }), []);
  });

  it('names a resource as soon as another file works with NATS', async () => {
    await facts({ file: model, text });
    assert.deepEqual(await facts({ file: service, text: 'import nats\n' }), [
      '2:20 reference library.book.*',
    ]);
  });

  it('says nothing beside a file of another language that works with NATS', async () => {
    await facts({ file: '/w/service.rs', text: 'use async_nats::Client;\n' });
    assert.deepEqual(await facts({ file: model, text }), []);
  });
});
