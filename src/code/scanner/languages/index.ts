/**
 * The languages that the scanner reads. To add one:
 *
 * 1. Make a folder here with a `translate` function. It gets one child of the syntax tree's root at a time and turns it
 *    into an outline through an `OutlineBuilder`: scopes, functions, classes, calls, imports, and every expression in the
 *    few forms of `Expr`. It knows nothing of RES. Places that mean something without a call (the value of a `rid` key)
 *    become mentions. Every call must be handed to the builder exactly once, so visit each node exactly once.
 *    A `TreeWalker` does so by a table of readers, one for each type of node; `readers.ts` has those that are much the same
 *    everywhere.
 * 2. Describe what the language's own texts and lists can do (`builtins`: formatting, joining).
 * 3. Export a `Language`, which names the ends of its files' names, and its grammar, and list it here. The build and the
 *    editor's host take the same from there.
 * 4. Put source files with the expected facts, marked by `^` in comments under the code, into
 *    `test/unit/code/scanner/fixtures/LANGUAGE`: they are found by themselves. A folder there is a workspace of its own.
 */
import { dart } from './dart/dart';
import { csharp } from './csharp/csharp';
import { go } from './go/go';
import { html, vue } from './html/html';
import { java } from './java/java';
import { javascript, tsx, typescript } from './javascript/javascript';
import { libraries } from '../libraries/index';
import { LanguageSet } from '../languageSet';
import { php } from './php/php';
import { python } from './python/python';
import { rust } from './rust/rust';

/** The languages, with what RES is in them. */
export const languages = new LanguageSet(
  [go, csharp, java, javascript, typescript, tsx, vue, html, python, php, rust, dart],
  libraries,
);
