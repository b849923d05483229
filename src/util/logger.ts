/** Where pure code reports what happened. Never give it a secret. */
export interface Logger {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/** A logger that is made by its first message. */
export function lateLogger(make: () => Logger): Logger {
  let made: Logger | undefined;
  const log = (): Logger => (made ??= make());
  return {
    debug: (message) => {
      log().debug(message);
    },
    info: (message) => {
      log().info(message);
    },
    warn: (message) => {
      log().warn(message);
    },
    error: (message) => {
      log().error(message);
    },
  };
}
