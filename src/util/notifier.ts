import type { Problem } from './problem';

/** A text, or a problem, which is told with its reason and its remedy. */
export type Message = string | Problem;

/** Shows a person a message, with actions to choose from. Resolves to the action that they chose, if any. */
export interface Notifier {
  info<Action extends string>(message: Message, ...actions: Action[]): Promise<Action | undefined>;
  warn<Action extends string>(message: Message, ...actions: Action[]): Promise<Action | undefined>;
  error<Action extends string>(message: Message, ...actions: Action[]): Promise<Action | undefined>;
  /** Asks in a dialog; resolves to whether the person chose the action. */
  confirm(question: string, detail: string, action: string): Promise<boolean>;
}
