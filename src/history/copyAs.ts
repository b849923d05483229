import { isTokenReset, subjectOf, type SystemMessage } from '../res/systemMessage';
import { powershellText, shellQuote, type Shell } from './shellQuote';

/** What a reset can be copied as. */
export type CopyForm = 'message' | 'natsPub' | 'goRes' | 'cSharp' | 'javaScript';

/**
 * What a `nats` command runs on, as global flags: a context of the CLI, servers, or both. Without any it runs on whatever
 * its terminal has selected.
 */
export interface CommandTarget {
  readonly context?: string;
  /** URLs without credentials. */
  readonly servers?: readonly string[];
}

/** The reset as text that does the same elsewhere; `shell` is the one that a command is meant for. */
export function copyAs(
  message: SystemMessage,
  form: CopyForm,
  shell: Shell,
  target: CommandTarget = {},
): string {
  switch (form) {
    case 'message':
      return JSON.stringify(message);
    case 'natsPub':
      return natsPub(message, shell, target);
    case 'goRes':
      return goRes(message);
    case 'cSharp':
      return cSharp(message);
    case 'javaScript':
      return javaScript(message);
  }
}

function natsPub(message: SystemMessage, shell: Shell, { context, servers }: CommandTarget): string {
  const body = JSON.stringify(message);
  // The CLI takes a body with double braces for a template.
  const flag = body.includes('{{') ? ' --no-templates' : '';
  const flags = [
    ...(context === undefined ? [] : [flagText('context', context, shell)]),
    ...(servers === undefined ? [] : [flagText('server', servers.join(','), shell)]),
  ];
  const command = ['nats pub', ...flags, subjectOf(message)].join(' ');
  // Versions of PowerShell treat quotes in arguments differently; a pipe leaves them alone.
  if (shell === 'powershell') return `${powershellText(body)} | ${command} --force-stdin${flag}`;
  return `${command} ${shellQuote(body, shell)}${flag}`;
}

function flagText(name: string, value: string, shell: Shell): string {
  // What no shell reads as anything else stands as it is; a name that starts with a dash would be another flag.
  if (/^[A-Za-z0-9_./:][A-Za-z0-9_./:-]*$/.test(value)) return `--${name} ${value}`;
  const flag = `--${name}=${value}`;
  return shell === 'powershell' ? powershellText(flag) : shellQuote(flag, shell);
}

/** github.com/jirenius/go-res: `s` is the `*res.Service`. */
function goRes(message: SystemMessage): string {
  if (isTokenReset(message)) return `s.TokenReset(${texts([message.subject, ...message.tids])})`;
  const { resources, access } = message;
  const list = (patterns: readonly string[] | undefined): string =>
    patterns ? `[]string{${texts(patterns)}}` : 'nil';
  return `s.Reset(${list(resources)}, ${list(access)})`;
}

/** ResgateIO.Service: `service` is the `ResService`. */
function cSharp(message: SystemMessage): string {
  if (isTokenReset(message)) return `service.TokenReset(${texts([message.subject, ...message.tids])});`;
  const { resources, access } = message;
  const list = (patterns: readonly string[] | undefined): string =>
    patterns ? `new[] { ${texts(patterns)} }` : 'null';
  return `service.Reset(${list(resources)}, ${list(access)});`;
}

/** The package `nats`: `nc` is the `NatsConnection`. */
function javaScript(message: SystemMessage): string {
  const fields = Object.entries(message) as [string, string | readonly string[]][];
  const object = fields.map(
    ([name, value]) => `${name}: ${typeof value === 'string' ? literal(value) : `[${texts(value)}]`}`,
  );
  return `nc.publish(${literal(subjectOf(message))}, JSON.stringify({ ${object.join(', ')} }));`;
}

function texts(values: readonly string[]): string {
  return values.map(literal).join(', ');
}

/** A text literal that Go, C# and JavaScript all read the same way. */
function literal(text: string): string {
  // A half of a surrogate pair can't be written in Go; it travels as the replacement character in any case.
  return JSON.stringify(text.replace(/\p{Surrogate}/gu, '\uFFFD'));
}
