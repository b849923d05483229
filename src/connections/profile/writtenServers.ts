import type { Result } from '../../util/problem';
import { parseServers, type ParsedServers } from './servers';
import { blankVariables, holdsVariable, isSecretElsewhere } from '../../util/variableText';
import { replaceEach, type TextProblem, type VariableContext } from './variables';

/**
 * Reads servers as a person wrote them. Those with variables stay as they are; credentials are taken out all the same,
 * unless their secret part is itself a variable.
 */
export function parseWrittenServers(input: string | readonly string[]): Result<ParsedServers> {
  const texts = (typeof input === 'string' ? [input] : input).flatMap((text) => text.split(','));
  const written = new Map<string, string>();
  const readable = texts.map((text, index) => {
    const { scheme, userInfo, address } = splitServer(text.trim());
    const staysInUrl = isSecretElsewhere(userInfo);
    if (!holdsVariable(address) && !staysInUrl) return text;
    // A host of its own stands in for what is not known yet, so that the others are read with it as ever.
    const standIn = `variable-${index}.invalid`;
    written.set(standIn, staysInUrl ? text.trim() : scheme + address);
    // A colon in a variable's name divides nothing.
    const credentials = userInfo.replace(/\$\{[^}]*\}/g, encodeURIComponent);
    return `${scheme}${staysInUrl || userInfo === '' ? '' : `${credentials}@`}${standIn}`;
  });
  const parsed = parseServers(readable);
  if (!parsed.ok) return parsed;
  const hostOf = (server: string): string => server.replace(/^.*:\/\/|:\d+$/g, '');
  const servers = parsed.value.servers.map((server) => written.get(hostOf(server)) ?? server);
  return { ok: true, value: { ...parsed.value, servers: [...new Set(servers)] } };
}

/**
 * The text with its variables replaced. What a variable brings into the credentials is meant as it is, whatever it
 * holds: a comma or an @ in a password must not turn a part of it into a host.
 */
export function replaceInServer(text: string, context: VariableContext): Result<string, TextProblem> {
  const { scheme, userInfo, address } = splitServer(text);
  const byColons = (convert: (part: string) => string) => (whole: string) =>
    whole.split(':').map(convert).join(':');
  // One variable may hold a user and a password; where there is a colon already, another one belongs to the secret.
  const isDivided = blankVariables(userInfo).includes(':');
  const credentials = replaceEach(
    userInfo,
    context,
    isDivided ? encode : byColons(encode),
    byColons((part) => encode(decode(part))),
  );
  const rest = replaceEach(address, context);
  if (!credentials.ok) return credentials;
  if (!rest.ok) return rest;
  return { ok: true, value: `${scheme}${userInfo === '' ? '' : `${credentials.value}@`}${rest.value}` };
}

interface ServerText {
  readonly scheme: string;
  readonly userInfo: string;
  readonly address: string;
}

function splitServer(text: string): ServerText {
  const scheme = /^[a-z][a-z0-9+.-]*:\/\//i.exec(text)?.[0] ?? '';
  const rest = text.slice(scheme.length);
  const at = rest.lastIndexOf('@');
  return { scheme, userInfo: rest.slice(0, Math.max(at, 0)), address: rest.slice(at + 1) };
}

function encode(text: string): string {
  // By way of the bytes, because encodeURIComponent throws on half a surrogate pair.
  return encodeURIComponent(Buffer.from(text, 'utf8').toString('utf8'));
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
