import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fieldList, fields, type Field } from '../../../../src/connections/profile/fields';
import { parseProfile, serializeProfile } from '../../../../src/connections/profile/profileCodec';
import { secretDestination } from '../../../../src/connections/profile/secretDestination';
import { said } from '../../said';

const help = '%configuration.connections.item.';

/** What the editor of the settings is told of a field. */
function schemaOf(field: Field): object {
  const { path, kind } = field;
  const description = path === 'tls.mode' ? {} : { description: `${help}${path}%` };
  switch (kind) {
    case 'servers':
      return { type: ['array', 'string'], items: { type: 'string' }, ...description };
    case 'flag':
      return { type: 'boolean', default: field.default, ...description };
    case 'choice': {
      const values = field.values.filter((value) => value !== '');
      const isExplained = values.length === field.values.length;
      const explained = {
        default: values[0],
        enumDescriptions: values.map((value) => `${help}${path}.${value}%`),
      };
      return { type: 'string', enum: values, ...(isExplained ? explained : {}), ...description };
    }
    default:
      return { type: 'string', ...(path === 'name' ? { minLength: 1 } : {}), ...description };
  }
}

describe('The table of the fields of a connection', () => {
  it('is what package.json says of the setting, secrets apart', () => {
    const properties: Record<string, object> = {};
    const tls: Record<string, object> = {};
    for (const field of fieldList) {
      if (field.kind === 'secret') continue;
      const [first = '', second] = field.path.split('.');
      if (second === undefined) properties[first] = schemaOf(field);
      else tls[second] = schemaOf(field);
    }
    const { contributes } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      contributes: { configuration: { properties: Record<string, { items: object }> }[] };
    };
    const settings = Object.assign({}, ...contributes.configuration.map((one) => one.properties)) as {
      'res.connections': { items: object };
    };
    assert.deepEqual(settings['res.connections'].items, {
      type: 'object',
      required: ['name', 'servers'],
      properties: { ...properties, tls: { type: 'object', description: `${help}tls%`, properties: tls } },
    });
  });

  it('has a text for each value of a choice, and no two fields with one label or in one place', () => {
    for (const field of fieldList)
      if (field.kind === 'choice') assert.deepEqual(Object.keys(field.texts()), field.values);
    assert.equal(new Set(fieldList.map(({ path }) => path)).size, fieldList.length);
    assert.equal(
      new Set(fieldList.map(({ label, section }) => `${section} ${label()}`)).size,
      fieldList.length,
    );
  });

  it('writes an entry with its fields in the order that version 0.1.0 gave them', () => {
    const entry = {
      name: 'All',
      servers: ['tls://h:4222'],
      auth: 'nkey',
      nkeyFile: '/a.nk',
      tls: {
        mode: 'required',
        caFile: '/ca',
        certFile: '/cert',
        keyFile: '/key',
        serverName: 's',
        handshakeFirst: true,
        verify: false,
      },
      protected: true,
      color: 'red',
      icon: 'bug',
      inboxPrefix: '_I',
      later: 1,
    };
    const { profile } = parseProfile(entry);
    assert.ok(profile);
    assert.equal(JSON.stringify(serializeProfile(profile, entry)), JSON.stringify(entry));
  });

  it('keeps the word for the destination under which version 0.1.0 kept secrets', () => {
    const entry = {
      name: 'All',
      servers: 'h',
      tls: { keyFile: '/key', serverName: 's', caFile: '/ca', mode: 'required', verify: false },
    };
    const { profile } = parseProfile(entry);
    assert.ok(profile);
    assert.equal(
      secretDestination(true, profile, { profile }),
      '[["nats://h:4222"],{"mode":"required","handshakeFirst":false,"verify":false,"caFile":"/ca","keyFile":"/key","serverName":"s"}]',
    );
  });

  it('says of each secret that stands in settings that it is not read from there', () => {
    for (const { kind, path } of fieldList) {
      if (kind !== 'secret') continue;
      const [first = '', second] = path.split('.');
      const raw = { name: 'x', servers: 'h', [first]: second === undefined ? 'pa55' : { [second]: 'pa55' } };
      const { profile, problems } = parseProfile(raw);
      assert.ok(profile && !JSON.stringify([profile, problems]).includes('pa55'));
      assert.match(said(problems[0]?.why), /is not read from settings/);
    }
  });

  it('asks for each secret only where it is of use', () => {
    const { seed, keyPassphrase, token } = fields;
    const values = { auth: 'nkey', user: '', nkeyFile: '', keyFile: '' } as const;
    assert.ok(seed.isUsed(values) && !seed.isUsed({ ...values, nkeyFile: '/a.nk' }));
    assert.ok(seed.isUsed({ ...values, auth: 'jwt', nkeyFile: '/a.nk' }));
    assert.ok(!token.isUsed(values) && !keyPassphrase.isUsed(values));
    assert.ok(keyPassphrase.isUsed({ ...values, keyFile: '/key' }));
  });
});
