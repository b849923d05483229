/** One part of a resource name: ASCII 33–126 without the characters that have a meaning. */
const part = String.raw`[!-)+-\-/-=@-~]+`;

const partOnly = new RegExp(`^${part}$`);
const resourceId = new RegExp(String.raw`^${part}(?:\.${part})*(?:\?.*)?$`, 's');
const pattern = new RegExp(String.raw`^(?:(?:\*|${part})\.)*(?:\*|>|${part})$`);

/** Whether a text is one part of a resource name, as a method name has to be. */
export function isPart(text: string): boolean {
  return partOnly.test(text);
}

/** Whether a text is a resource ID: a resource name, perhaps with a query. */
export function isResourceId(text: string): boolean {
  return resourceId.test(text);
}

/** Splits a resource ID into the name and the query; the query is empty where there is none. */
export function splitResourceId(rid: string): { readonly name: string; readonly query: string } {
  const at = rid.indexOf('?');
  return at < 0 ? { name: rid, query: '' } : { name: rid.slice(0, at), query: rid.slice(at + 1) };
}

/** Makes a test of resource names from the pattern of a reset; none if the pattern is invalid. */
export function compilePattern(text: string): ((name: string) => boolean) | undefined {
  if (!pattern.test(text)) return undefined;
  if (!/[*>]/.test(text)) return (name) => name === text;
  const source = text
    .split('.')
    .map((token) => {
      if (token === '*') return String.raw`[^.]+`;
      return token === '>' ? '.+' : token.replace(/[$()+/[\\\]^{|}-]/g, String.raw`\$&`);
    })
    .join(String.raw`\.`);
  const expression = new RegExp(`^${source}$`);
  return (name) => expression.test(name);
}
