/** Shows a person a message, with actions to choose from. Resolves to the action that they chose, if any. */
export interface Notifier {
  info<Action extends string>(text: string, ...actions: Action[]): Promise<Action | undefined>;
  warn<Action extends string>(text: string, ...actions: Action[]): Promise<Action | undefined>;
  error<Action extends string>(text: string, ...actions: Action[]): Promise<Action | undefined>;
}
