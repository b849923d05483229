import assert from 'node:assert/strict';
import { chooseService, type ServiceChoice } from '../../../../src/code/naming/serviceChoice';
import { serviceReset } from '../../../../src/code/index/serviceReset';
import { WorkspaceIndex } from '../../../../src/code/index/workspaceIndex';

describe('the choice of a service to reset', () => {
  const index = new WorkspaceIndex();
  const fact = { line: 1, column: 1, language: 'go', library: 'go-res' };
  const namedBy = { env: 'SERVICE_NAME' };
  index.update([
    { file: '/a.go', facts: [{ ...fact, kind: 'service', pattern: 'attic.>', service: 'attic' }] },
    {
      file: '/b.go',
      facts: [
        { ...fact, kind: 'unresolved', of: 'service', pattern: '?.>', namedBy },
        { ...fact, kind: 'unresolved', of: 'handler', pattern: '?.books', namedBy, serves: ['access'] },
      ],
    },
  ]);

  /** Chooses what has this place, and says what was asked and what would be sent. */
  async function choose(at: number, name: string | undefined) {
    const seen: string[] = [];
    const service = await chooseService({
      index,
      choose: (choices) => {
        const text = ({ kind, service: { places } }: ServiceChoice): string =>
          `${kind} ${places[0]?.file ?? ''}`;
        seen.push(...choices.map(text));
        return Promise.resolve(choices[at]);
      },
      name: ({ source }) => {
        seen.push(`name ${JSON.stringify(source)}`);
        return Promise.resolve(name === undefined ? undefined : { ...namedBy, name });
      },
    });
    return { seen, message: service && serviceReset(service) };
  }

  it('offers those without a name too, last', async () => {
    assert.deepEqual(await choose(0, undefined), {
      seen: ['named /a.go', 'unnamed /b.go'],
      message: { resources: ['attic.>'] },
    });
  });

  it('asks for the name of one that has none, and then resets what it serves', async () => {
    const { seen, message } = await choose(1, 'library');
    assert.equal(seen.at(-1), 'name {"env":"SERVICE_NAME"}');
    assert.deepEqual(message, { access: ['library.>'] });
  });

  it('is called off where the name is not said, or nothing is chosen', async () => {
    assert.equal((await choose(1, undefined)).message, undefined);
    assert.equal((await choose(2, 'library')).message, undefined);
  });
});
