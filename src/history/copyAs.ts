import { isTokenReset, subjectOf, type SystemMessage } from '../res/systemMessage';
import { powershellText, shellQuote, type Shell } from './shellQuote';

/** What a reset can be copied as. */
export type CopyForm = 'message' | 'natsPub' | 'goRes' | 'cSharp' | 'javaScript';

/** The reset as text that does the same elsewhere; `shell` is the one that a command is meant for. */
export function copyAs(message: SystemMessage, form: CopyForm, shell: Shell): string {
  switch (form) {
    case 'message':
      return JSON.stringify(message);
    case 'natsPub':
      return natsPub(message, shell);
    case 'goRes':
      return goRes(message);
    case 'cSharp':
      return cSharp(message);
    case 'javaScript':
      return javaScript(message);
  }
}

function natsPub(message: SystemMessage, shell: Shell): string {
  const body = JSON.stringify(message);
  // The CLI takes a body with double braces for a template.
  const flag = body.includes('{{') ? ' --no-templates' : '';
  const command = `nats pub ${subjectOf(message)}`;
  // Versions of PowerShell differ in what becomes of quotes in an argument; what goes through a pipe stays as it is.
  if (shell === 'powershell') return `${powershellText(body)} | ${command} --force-stdin${flag}`;
  return `${command} ${shellQuote(body, shell)}${flag}`;
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
