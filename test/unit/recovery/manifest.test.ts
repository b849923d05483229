import assert from 'node:assert/strict';
import { saveVariables } from '../../../src/recovery/onSave/saveRule';
import { manifestText } from '../shell/manifest';

const { contributes } = JSON.parse(manifestText()) as {
  readonly contributes: {
    readonly configuration: readonly {
      readonly properties: Readonly<Record<string, { readonly items?: { readonly properties?: object } }>>;
    }[];
  };
};

describe('what package.json says of automatic resets', () => {
  it('is a schema for the rules, with each of their properties and variables', () => {
    const setting = contributes.configuration[0]?.properties['res.resetOnSave'];
    assert.deepEqual(Object.keys(setting?.items?.properties ?? {}).sort(), [
      'access',
      'connection',
      'files',
      'resources',
      'serviceInFile',
    ]);
    for (const name of saveVariables) assert.ok(JSON.stringify(setting).includes(`\${${name}}`), name);
  });

  it('is no setting that switches them on: a workspace could set it', () => {
    const names = contributes.configuration.flatMap(({ properties }) => Object.keys(properties));
    assert.deepEqual(
      names.filter((name) => /automatic|enabled/i.test(name)),
      ['res.verify.enabled', 'res.monitor.enabled'],
    );
  });
});
