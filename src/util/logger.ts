/** Where pure code reports what happened. */
export interface Logger {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/** A logger that is made by its first message, and never sees what is redacted. */
export function lateLogger(make: () => Logger, redact: (text: string) => string): Logger {
  let made: Logger | undefined;
  const log = (): Logger => (made ??= make());
  return {
    debug: (message) => {
      log().debug(redact(message));
    },
    info: (message) => {
      log().info(redact(message));
    },
    warn: (message) => {
      log().warn(redact(message));
    },
    error: (message) => {
      log().error(redact(message));
    },
  };
}
