import type { SyntaxNode } from '../../outline/syntax';
import { children } from '../../outline/walk';
import { javascript, tsx, typescript } from '../javascript/javascript';
import { fromRepomix } from '../grammars';
import type { Embedded, Language } from '../language';

const shared = {
  grammar: fromRepomix('vue', 'Ika <ikatyang@gmail.com> (https://github.com/ikatyang)'),
  family: javascript.family,
  quotes: javascript.quotes,
  ridKeys: javascript.ridKeys,
  // There is no code but that of the scripts and of a template's expressions.
  translate: () => undefined,
  embedded: (root) => {
    const scripts = scriptsOf(root);
    return [...scripts, ...expressionsOf(root, scripts.at(-1)?.language ?? javascript)];
  },
  builtins: javascript.builtins,
  resolve: javascript.resolve,
} satisfies Partial<Language>;

/** Vue's single-file components. */
export const vue: Language = { ...shared, name: 'vue', extensions: { '.vue': 'vue' } };

/** Pages with scripts. */
export const html: Language = { ...shared, name: 'html', extensions: { '.html': 'html', '.htm': 'html' } };

/** What a script's `lang` or `type` can be, and the language that it then is in. */
const scriptLanguages: Readonly<Record<string, Language>> = {
  '': javascript,
  js: javascript,
  jsx: javascript,
  ts: typescript,
  tsx,
  module: javascript,
  'text/javascript': javascript,
  'application/javascript': javascript,
  'text/babel': javascript,
  'text/typescript': typescript,
};

function scriptsOf(root: SyntaxNode): Embedded[] {
  return root.descendantsOfType('script_element').flatMap((script) => {
    const [tag, content] = children(script);
    const name = attribute(tag, 'lang') ?? attribute(tag, 'type') ?? '';
    const language = Object.hasOwn(scriptLanguages, name) ? scriptLanguages[name] : undefined;
    return language && content?.type === 'raw_text' ? [{ node: content, language }] : [];
  });
}

/**
 * The expressions of a Vue template that call something with a text, as in `@click="client.call('library.books', 'add')"`.
 * Object literals and the heads of loops and slots are no programs by themselves.
 */
function expressionsOf(root: SyntaxNode, language: Language): Embedded[] {
  const values = root.descendantsOfType('directive_attribute').flatMap((directive) => {
    const isHead = /^(v-for|v-slot|#)/.test(directive?.text ?? '');
    return isHead ? [] : (directive?.descendantsOfType('attribute_value') ?? []);
  });
  const texts = root.descendantsOfType('interpolation').map((each) => each?.namedChildren[0]);
  return [...values, ...texts].flatMap((node) =>
    node && /^\s*[^\s{].*\(\s*['"`]/s.test(node.text) ? [{ node, language }] : [],
  );
}

/** The value of an attribute of a start tag, in lower case. */
function attribute(tag: SyntaxNode | undefined, name: string): string | undefined {
  const found = children(tag).find(
    ({ type, namedChildren }) => type === 'attribute' && namedChildren[0]?.text.toLowerCase() === name,
  );
  return (
    found &&
    (children(found)[1]
      ?.text.replaceAll(/^["']|["']$/g, '')
      .trim()
      .toLowerCase() ??
      '')
  );
}
