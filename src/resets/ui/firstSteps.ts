import type { ResetRecord } from '../resetRecord';
import { contextKeys } from '../../shell/ids';

/** What a person does for the first time, by the context key that ticks the walkthrough's step. */
type FirstStep = 'hasReset' | 'hasResetFromPalette' | 'hasSeenReport';

const steps = ['hasReset', 'hasResetFromPalette', 'hasSeenReport'] as const satisfies readonly FirstStep[];

/** What is remembered from one window to the next. */
interface StepMemory {
  get(key: string): unknown;
  update(key: string, value: unknown): Thenable<void>;
}

/** Which first steps were ever taken in this profile. */
export class FirstSteps {
  readonly #memory: StepMemory;
  readonly #setContext: (key: string, value: boolean) => void;

  constructor(memory: StepMemory, setContext: (key: string, value: boolean) => void) {
    this.#memory = memory;
    this.#setContext = setContext;
    for (const step of steps) if (this.#isTaken(step)) setContext(contextKeys[step], true);
  }

  /** Follows the resets of this window. */
  follow({ state, origin }: ResetRecord): void {
    if (state.kind !== 'published') return;
    this.take('hasReset');
    if (origin === 'command') this.take('hasResetFromPalette');
  }

  /** A step was taken. */
  take(step: FirstStep): void {
    if (this.#isTaken(step)) return;
    this.#setContext(contextKeys[step], true);
    void this.#memory.update(contextKeys[step], true);
  }

  #isTaken(step: FirstStep): boolean {
    return this.#memory.get(contextKeys[step]) === true;
  }
}
