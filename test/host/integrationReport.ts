/** What the loader inside the extension host finds beside it. */
export interface IntegrationRun {
  /** The bundled test files, relative to the loader. */
  readonly files: readonly string[];
  /** Where the counts go. */
  readonly result: string;
  /** What the tests find in `process.env`. */
  readonly environment: IntegrationEnvironment;
}

/** The addresses that a test inside the extension host finds in `process.env`. */
export interface IntegrationEnvironment {
  /** `nats://127.0.0.1:PORT` */
  readonly RES_TEST_NATS: string;
  /** `ws://127.0.0.1:PORT` */
  readonly RES_TEST_GATEWAY: string;
}

/** Starts each line of the tests' report. */
export const reportMark = 'report: ';
