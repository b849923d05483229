/** Writes the gateway's log, line by line in the form that Resgate's has. */
export class Log {
  readonly isTracing: boolean;
  readonly #write: (line: string) => void;
  readonly #isDebugging: boolean;

  constructor(write: (line: string) => void, options: { debug: boolean; trace: boolean }) {
    this.#write = write;
    this.#isDebugging = options.debug;
    this.isTracing = options.trace;
  }

  info(text: string): void {
    this.#line('INF', text);
  }

  error(text: string): void {
    this.#line('ERR', text);
  }

  debug(text: string): void {
    if (this.#isDebugging) this.#line('DBG', text);
  }

  /** Every message that passes. Arrows: `-->` `<--` with a client, `<==` `==>` a request and its answer, `=>>` an event. */
  trace(text: () => string): void {
    if (this.isTracing) this.#line('TRC', text());
  }

  #line(level: string, text: string): void {
    const [date = '', time = ''] = new Date().toISOString().split('T');
    this.#write(`${date.replaceAll('-', '/')} ${time.replace('Z', '000')} [${level}] ${text}\n`);
  }
}
