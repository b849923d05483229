import { createHash } from 'node:crypto';
import type { LanguageDefinition } from '../languages/language';
import type { Class, Outline, Scope } from './outline';

/** Tells texts of all languages apart. */
export function textKey(text: string, { grammar }: LanguageDefinition): string {
  return createHash('sha256').update(`${grammar.name}\n`).update(text).digest('hex').slice(0, 40);
}

/** An outline as a text, to be kept or sent. */
export function outlineText(outline: Outline): string {
  return JSON.stringify(outline);
}

/** The outline that a text says; throws if it says none. */
export function outlineOf(text: string): Outline {
  const outline = JSON.parse(text) as Outline;
  return {
    ...outline,
    scopes: outline.scopes.map((scope): Scope => ({ ...scope, names: bare(scope.names) })),
    classes: outline.classes.map((cls): Class => ({
      ...cls,
      fields: bare(cls.fields),
      methods: bare(cls.methods),
    })),
    exports: bare(outline.exports),
  };
}

/** Names of code can be those of an object's own: `constructor`, `toString`. */
function bare<T>(record: Readonly<Record<string, T>>): Record<string, T> {
  return Object.assign(Object.create(null) as Record<string, T>, record);
}
