/** What is remembered from one session to the next; the shape of VS Code's own. */
export interface Memory {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}
