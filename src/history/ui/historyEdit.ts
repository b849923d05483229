import { InputBoxValidationSeverity, QuickInputButtons, window } from 'vscode';
import {
  patternsHint,
  subjectHint,
  tokensHint,
  typedReset,
  typedTokenReset,
  type PatternsHint,
} from '../editMessage';
import { isTokenReset, type SystemMessage } from '../../res/systemMessage';
import { DisposableStore } from '../../util/disposable';
import * as l10n from '../../util/l10n';
import type { Result } from '../../util/problem';
import { joinList, splitList } from '../../util/typedList';

/** One list of the message, as text to edit. */
interface Step {
  readonly what: string;
  readonly prompt: string;
  readonly value: string;
  /** What is wrong with the text, or will become of it; told the texts of all steps. */
  readonly hint: (typed: string, all: readonly string[]) => PatternsHint | undefined;
}

/** Lets a person change a message, list by list; none when called off. `where` tells what it will be sent on. */
export async function editMessage(
  message: SystemMessage,
  where: string,
): Promise<Result<SystemMessage> | undefined> {
  const title = l10n.t('Edit and send on {0}', where);
  if (isTokenReset(message)) {
    const typed = await askAll(title, [
      {
        what: l10n.t('token ids'),
        prompt: l10n.t('Token ids, separated by commas or spaces'),
        value: joinList(message.tids),
        hint: tokensHint,
      },
      {
        what: l10n.t('auth request'),
        prompt: l10n.t('The auth request that the gateways send for each token'),
        value: message.subject,
        hint: subjectHint,
      },
    ]);
    return typed && typedTokenReset(typed[0] ?? '', typed[1] ?? '');
  }
  const typed = await askAll(title, [
    {
      what: l10n.t('resources'),
      prompt: l10n.t('Resource patterns, separated by commas or spaces (can be empty)'),
      value: joinList(message.resources ?? []),
      hint: patternsHint,
    },
    {
      what: l10n.t('access'),
      prompt: l10n.t('Access patterns, separated by commas or spaces (can be empty)'),
      value: joinList(message.access ?? []),
      hint: (patterns, all) =>
        all.every((text) => splitList(text).length === 0)
          ? refused(l10n.t('Nothing to reset: enter a pattern here, or go back.'))
          : patternsHint(patterns),
    },
  ]);
  return typed && typedReset(typed[0] ?? '', typed[1] ?? '');
}

/** Asks one thing after the other, with a way back; none when called off. */
async function askAll(title: string, steps: readonly Step[]): Promise<readonly string[] | undefined> {
  const values = steps.map(({ value }) => value);
  for (let at = 0; ;) {
    const step = steps[at];
    if (!step) return values;
    const answer = await ask(step, values, at, title);
    if (answer === 'cancelled') return undefined;
    at += answer === 'back' ? -1 : 1;
  }
}

/** One input box; what is typed goes into `values`. */
function ask(
  { what, prompt, hint }: Step,
  values: string[],
  at: number,
  title: string,
): Promise<'next' | 'back' | 'cancelled'> {
  return new Promise((resolve) => {
    const store = new DisposableStore();
    const box = store.add(window.createInputBox());
    let answer: 'next' | 'back' | 'cancelled' = 'cancelled';
    const end = (how: 'next' | 'back'): void => {
      answer = how;
      box.hide();
    };
    const check = (): boolean => {
      values[at] = box.value;
      const told = hint(box.value, values);
      const { Error, Info } = InputBoxValidationSeverity;
      box.validationMessage = told && { message: told.text, severity: told.isValid ? Info : Error };
      return told?.isValid ?? true;
    };
    box.title = `${title}: ${what}`;
    box.prompt = prompt;
    box.step = at + 1;
    box.totalSteps = values.length;
    box.value = values[at] ?? '';
    box.ignoreFocusOut = true;
    if (at > 0) box.buttons = [QuickInputButtons.Back];
    store.add(box.onDidChangeValue(check));
    store.add(
      box.onDidTriggerButton(() => {
        end('back');
      }),
    );
    store.add(
      box.onDidAccept(() => {
        if (check()) end('next');
      }),
    );
    store.add(
      box.onDidHide(() => {
        store.dispose();
        resolve(answer);
      }),
    );
    check();
    box.show();
  });
}

function refused(text: string): PatternsHint {
  return { isValid: false, text };
}
