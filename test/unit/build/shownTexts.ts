import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { projectRoot } from '../../host/cache';

/** Something about a text that a person reads, and where it stands. */
export interface Finding {
  readonly at: string;
  readonly text: string;
}

/** The files whose texts a person reads: all of the extension but the scanner, whose texts are code or go to the log. */
export function shownSources(): string[] {
  return ['src', 'media']
    .flatMap((folder) =>
      readdirSync(path.join(projectRoot, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
        path.posix.join(folder, file.replaceAll(path.sep, '/')),
      ),
    )
    .filter((file) => file.endsWith('.ts') && !file.startsWith('src/code/scanner/'))
    .sort();
}

/** What is said in more than one language alike, and needs no bundle: names, icons, units. */
const namesAndUnits =
  /\bauth\.authentication\.renewToken\b|\bNATS_CONTEXT\b|\$\([\w~-]+\)|\bRES\b|\bNATS CLI\b|\bgo-res\b|\bC#|\bJavaScript\b|\bJSON( Lines)?\b|\bsystem\.reset\b|\b(ms|min|kB|MB|MiB|nats-server)\b/g;

/** What a text must not be unless it went through `l10n.t`: two words, or a word beside something that is filled in. */
function isShown(text: string): boolean {
  const words = text.replace(namesAndUnits, ' ');
  return /\p{L}[\p{L}.,:;!?)’”"…]*\s+[“("„]?\p{L}|\p{L}{2,}[.,:;]*\s+\0|\0[.,:;)”"]*\s+[(“"]?\p{L}{2,}/u.test(
    words,
  );
}

/** Properties and functions that show a text, so that a single word counts too. */
const shows =
  /^(label|description|detail|tooltip|title|placeholder|placeHolder|prompt|what|why|remedy|message|ariaLabel|textContent|openLabel|saveLabel)$/;

/** Where a text is not shown to a person: code that is copied, keys, the log, what only a developer meets. */
function isElsewhere(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isImportDeclaration(node) || ts.isTypeNode(node) || ts.isTaggedTemplateExpression(node)) return true;
  if (ts.isNewExpression(node)) return /Error$/.test(node.expression.getText());
  if (ts.isThrowStatement(node)) return true;
  if (ts.isPropertyAssignment(node)) return node.name.getText() === 'className';
  if (ts.isBinaryExpression(node) && /\.style\.\w+$|\.className$/.test(node.left.getText())) return true;
  if (ts.isCallExpression(node)) {
    const callee = node.expression.getText();
    return /(^|[.#])log(ger)?\??\.(trace|debug|info|warn|error)$|^l10n\.(t|msg)$/.test(callee);
  }
  if (ts.isBinaryExpression(parent) && /^[!=]==$/.test(parent.operatorToken.getText())) return true;
  return ts.isCaseClause(parent) && parent.expression === node;
}

/** The texts of a source that bypass `l10n.t`. */
export function bypassing(file: string, source: string): Finding[] {
  const found: Finding[] = [];
  visit(file, source, isElsewhere, (node, at) => {
    const text = textOf(node);
    if (text === undefined) return;
    if (
      isShown(text) ||
      ((isSink(node) || isCaption(file, text)) && isWord(text.replace(namesAndUnits, ' ')))
    )
      found.push({ at, text });
  });
  return found;
}

/** The calls of `l10n.t` that a translator can't work with, and why. */
export function misused(file: string, source: string): Finding[] {
  const found: Finding[] = [];
  visit(
    file,
    source,
    () => false,
    (node, at) => {
      if (!ts.isCallExpression(node)) return;
      const callee = node.expression.getText();
      if (callee !== 'l10n.t' && callee !== 'l10n.msg') return;
      const [message, ...args] = node.arguments;
      const tell = (why: string): void => void found.push({ at, text: `${why}: ${node.getText()}` });
      if (!message || !ts.isStringLiteral(message)) {
        tell('no literal');
        return;
      }
      const places = new Set([...message.text.matchAll(/\{(\d+)\}/g)].map(([, place]) => Number(place)));
      if (args.some((_, index) => !places.has(index)) || places.size !== args.length)
        tell('places and arguments differ');
      if (/^[\s,.;:]|\s$/.test(message.text)) tell('half a sentence');
      if (callee === 'l10n.t' && isAtLoad(node) && !knowsTexts.test(source))
        tell('made while the module is loaded');
      if (ts.isBinaryExpression(node.parent) && node.parent.operatorToken.kind === ts.SyntaxKind.PlusToken)
        tell('a sentence of two halves');
      if (args.some(holdsWord)) tell('a word that is not translated');
    },
  );
  return found;
}

/** Whether an argument is a word, or one of two; a variable of the settings is none. */
function holdsWord(arg: ts.Node): boolean {
  if (ts.isConditionalExpression(arg)) return holdsWord(arg.whenTrue) || holdsWord(arg.whenFalse);
  return ts.isStringLiteral(arg) && /\p{L}{2,}/u.test(arg.text) && !arg.text.startsWith('${');
}

/** The script of a page, which hands over the texts before anything else is loaded. */
const knowsTexts = /^import '\.\.\/shared\/texts';/;

/** Whether an expression is evaluated before the language is known. */
function isAtLoad(node: ts.Node): boolean {
  for (let at: ts.Node = node; !ts.isSourceFile(at); at = at.parent) {
    if (ts.isFunctionLike(at)) return false;
    if (
      ts.isPropertyDeclaration(at) &&
      !at.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword)
    )
      return false;
  }
  return true;
}

/** Whether it is more than an address, a path or an abbreviation. */
function isWord(text: string): boolean {
  return /\p{L}{2,}/u.test(text) && !/^\S*[/_]\S*$|^\p{Lu}+$/u.test(text);
}

/** What looks like the caption of a control, in a page. */
function isCaption(file: string, text: string): boolean {
  return file.startsWith('media/') && /^\p{Lu}\p{Ll}+…?$/u.test(text);
}

function isSink(node: ts.Node): boolean {
  const parent = skipChoices(node);
  if (ts.isPropertyAssignment(parent)) return shows.test(parent.name.getText());
  if (ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken)
    return ts.isPropertyAccessExpression(parent.left) && shows.test(parent.left.name.text);
  if (ts.isVariableDeclaration(parent)) return shows.test(parent.name.getText());
  if (!ts.isCallExpression(parent)) return false;
  // What is handed over to be called when the text is needed.
  const isLate = !parent.arguments.includes(node as ts.Expression);
  return (
    (isLate && /^\p{Lu}\p{Ll}+…?$/u.test(textOf(node) ?? '')) ||
    /\.show(Information|Warning|Error)Message$|(^|[.#])notifier\.(info|warn|error|confirm)$/.test(
      parent.expression.getText(),
    )
  );
}

/** What takes the text, where it is one of several by a condition, or what a function gives. */
function skipChoices(node: ts.Node): ts.Node {
  let { parent } = node;
  while (
    ts.isConditionalExpression(parent) ||
    ts.isParenthesizedExpression(parent) ||
    ts.isReturnStatement(parent) ||
    ts.isIfStatement(parent) ||
    ts.isBlock(parent) ||
    ts.isArrowFunction(parent)
  )
    parent = parent.parent;
  return parent;
}

function textOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return node.head.text + node.templateSpans.map(({ literal }) => `\0${literal.text}`).join('');
}

function visit(
  file: string,
  source: string,
  isSkipped: (node: ts.Node) => boolean,
  onNode: (node: ts.Node, at: string) => void,
): void {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
  const walk = (node: ts.Node): void => {
    if (node !== tree && isSkipped(node)) return;
    onNode(node, `${file}:${tree.getLineAndCharacterOfPosition(node.getStart()).line + 1}`);
    ts.forEachChild(node, walk);
  };
  walk(tree);
}

/** The text of a file of the project. */
export function sourceOf(file: string): string {
  return readFileSync(path.join(projectRoot, file), 'utf8');
}
