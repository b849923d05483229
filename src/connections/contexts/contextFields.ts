import * as l10n from '../../util/l10n';
import type { Result } from '../../util/problem';

/** The fields of a NATS CLI context that matter to a connection; an empty text means that the field is not set. */
const contextTextFields = [
  'description',
  'url',
  'socks_proxy',
  'token',
  'user',
  'password',
  'creds',
  'nkey',
  'cert',
  'key',
  'ca',
  'nsc',
  'inbox_prefix',
  'user_jwt',
  'user_seed',
  'color_scheme',
  'windows_cert_store',
] as const;
export type ContextTextField = (typeof contextTextFields)[number];

/** What a context's file says. */
export type ContextFields = Readonly<Partial<Record<ContextTextField, string>>> & {
  readonly tls_first?: boolean;
};

/** Reads the text of a context's file. The problem is why it can't be read; it never repeats what stands there. */
export function parseContextFields(text: string): Result<ContextFields, l10n.Text> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The parser's own message would quote the file, which holds secrets.
    return { ok: false, problem: l10n.msg('it is not valid JSON') };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { ok: false, problem: l10n.msg('it is not a JSON object') };
  }
  // The CLI does not mind how the names are capitalised.
  const given = new Map<string, unknown>(
    Object.entries(value).map(([name, field]) => [name.toLowerCase(), field]),
  );
  const fields: { -readonly [Field in keyof ContextFields]: ContextFields[Field] } = {};
  for (const name of contextTextFields) {
    const field = given.get(name);
    if (field === undefined || field === null || field === '') continue;
    if (typeof field !== 'string') return { ok: false, problem: l10n.msg('"{0}" must be a string', name) };
    fields[name] = field;
  }
  const tlsFirst = given.get('tls_first') ?? false;
  if (typeof tlsFirst !== 'boolean')
    return { ok: false, problem: l10n.msg('"tls_first" must be true or false') };
  return { ok: true, value: tlsFirst ? { ...fields, tls_first: true } : fields };
}
