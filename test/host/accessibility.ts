import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults, Result } from 'axe-core';
import type { Frame } from 'playwright-core';

/** What axe-core finds wrong in a webview. */
export interface Violations {
  /** In our own markup. */
  readonly own: readonly string[];
  /** Inside the components of the toolkit. */
  readonly toolkit: readonly string[];
}

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Has axe-core look at all that a webview shows now: WCAG 2.2 A and AA, and what it calls best practice. */
export async function violationsIn(frame: Frame): Promise<Violations> {
  // By the debugger, which the page's content security policy does not hold up.
  if (!(await frame.evaluate("'axe' in globalThis"))) await frame.evaluate(source);
  // Where a page has no background of its own, that of the side bar is behind it, which axe-core can't see.
  await frame.evaluate(() => {
    const { body } = document;
    if (getComputedStyle(body).backgroundColor === 'rgba(0, 0, 0, 0)')
      body.style.background = 'var(--vscode-sideBar-background)';
  });
  const { violations } = await frame.evaluate<AxeResults>('axe.run(document)');
  const own: string[] = [];
  const toolkit: string[] = [];
  for (const violation of violations) {
    for (const node of violation.nodes) {
      // What stands in a shadow root has the path to it.
      const isInside = node.target.some((part) => Array.isArray(part));
      (isInside ? toolkit : own).push(describe(violation, node));
    }
  }
  return { own, toolkit };
}

function describe({ id }: Result, { target, failureSummary = '' }: Result['nodes'][number]): string {
  return `${id}: ${target.flat().join(' ')} ${failureSummary.replaceAll(/\s+/g, ' ')}`;
}
