/** How long the connection waits for what, in milliseconds. */
export interface Timings {
  /** For each step of connecting to one server. */
  readonly connectMs: number;
  /** How much later the next server is dialed while one before it has not answered. */
  readonly staggerMs: number;
  /** How long a round waits for servers that do not answer before the others get their next try. */
  readonly roundMs: number;
  /** For the server's word on what was sent. */
  readonly flushMs: number;
  /** For the answers that show, while a reset is observed, that nothing is missed. */
  readonly stallMs: number;
  /** For a sign of life before something is sent on a link that was quiet. */
  readonly aliveMs: number;
  /** How long an answer of the server counts as a sign of life. */
  readonly trustMs: number;
  /** Between two pings, which also measure the round-trip time. */
  readonly pingIntervalMs: number;
  readonly pingTimeoutMs: number;
  /** How long something to be sent waits for a reconnect that is under way. */
  readonly reconnectWaitMs: number;
  /** Before the first, second, … attempt to reconnect; the last one repeats. */
  readonly reconnectDelaysMs: readonly number[];
}

/** What the extension uses: a dead link is noticed within ten seconds of the next need or the next ping. */
export const defaultTimings: Timings = {
  connectMs: 5_000,
  staggerMs: 150,
  roundMs: 500,
  flushMs: 4_000,
  stallMs: 5_000,
  aliveMs: 2_000,
  trustMs: 1_000,
  pingIntervalMs: 10_000,
  pingTimeoutMs: 5_000,
  reconnectWaitMs: 5_000,
  reconnectDelaysMs: [0, 250, 500, 1_000, 2_000, 4_000, 8_000, 15_000],
};
