/** How a gateway is to run. */
export interface GatewayOptions {
  /** The URL of the NATS server; several are joined by commas. */
  readonly nats: string;
  /** The address to listen on. */
  readonly addr: string;
  readonly port: number;
  /** The path of the WebSocket. */
  readonly wspath: string;
  /** How long a service has for an answer, in milliseconds. */
  readonly reqtimeout: number;
  /** The most parallel requests of one reset; 0 for no bound. */
  readonly resetthrottle: number;
  readonly debug: boolean;
  readonly trace: boolean;
}

/** What the command line asks for. */
export type CommandLine =
  | { readonly kind: 'run'; readonly options: GatewayOptions }
  | { readonly kind: 'help' | 'version' }
  | { readonly kind: 'wrong'; readonly why: string };

/** The text that `--help` prints. */
export const usage = `A stand-in for Resgate: a RES gateway for tests and the demo, with Resgate's own flags.

    -n, --nats <url>                 NATS server (default: nats://127.0.0.1:4222)
    -i, --addr <host>                address to listen on (default: 127.0.0.1)
    -p, --port <port>                port for clients (default: 8080)
    -w, --wspath <path>              path of the WebSocket (default: /)
    -r, --reqtimeout <milliseconds>  how long a service has for an answer (default: 3000)
        --resetthrottle <limit>      most parallel requests of one reset (default: no bound)
    -D, --debug                      log what happens
    -V, --trace                      log every message
    -DV                              both
    -h, --help                       show this
    -v, --version                    show the version
`;

const defaults: GatewayOptions = {
  nats: 'nats://127.0.0.1:4222',
  addr: '127.0.0.1',
  port: 8080,
  wspath: '/',
  reqtimeout: 3000,
  resetthrottle: 0,
  debug: false,
  trace: false,
};

const texts: Readonly<Record<string, 'nats' | 'addr' | 'wspath'>> = {
  n: 'nats',
  nats: 'nats',
  i: 'addr',
  addr: 'addr',
  w: 'wspath',
  wspath: 'wspath',
};

const numbers: Readonly<Record<string, 'port' | 'reqtimeout' | 'resetthrottle'>> = {
  p: 'port',
  port: 'port',
  r: 'reqtimeout',
  reqtimeout: 'reqtimeout',
  resetthrottle: 'resetthrottle',
};

const switches: Readonly<Record<string, Partial<GatewayOptions>>> = {
  D: { debug: true },
  debug: { debug: true },
  V: { trace: true },
  trace: { trace: true },
  DV: { debug: true, trace: true },
};

/** Reads the command line in the way that Resgate does: one dash or two, a value after `=` or in the next argument. */
export function parseCommandLine(args: readonly string[]): CommandLine {
  let options = defaults;
  for (let index = 0; index < args.length; index++) {
    const [, flag = '', inline] = /^--?([^=-][^=]*)(?:=(.*))?$/s.exec(args[index] ?? '') ?? [];
    if (flag === 'h' || flag === 'help') return { kind: 'help' };
    if (flag === 'v' || flag === 'version') return { kind: 'version' };
    const [text, number] = [texts[flag], numbers[flag]];
    if (switches[flag]) {
      options = { ...options, ...switches[flag] };
    } else if (text ?? number) {
      const value = inline ?? args[++index];
      if (value === undefined) return { kind: 'wrong', why: `the flag -${flag} needs a value` };
      if (text) {
        options = { ...options, [text]: value };
        continue;
      }
      if (!/^\d+$/.test(value))
        return { kind: 'wrong', why: `the flag -${flag} needs a number, not "${value}"` };
      // As with Resgate, 0 stands for the default.
      options = { ...options, ...(Number(value) > 0 && number ? { [number]: Number(value) } : {}) };
    } else {
      return { kind: 'wrong', why: `there is no flag "${args[index] ?? ''}"` };
    }
  }
  if (options.port > 65535) return { kind: 'wrong', why: `the port ${options.port} is not below 65536` };
  return { kind: 'run', options };
}
