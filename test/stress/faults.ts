import { setTimeout as pause } from 'node:timers/promises';
import type { NatsProxy } from '../bus/natsProxy';
import type { EdgeServer } from './edgeServer';
import type { Denial, Fault } from './plan';

/** Lets something go wrong; resolves when all is well again. */
export async function carryOut(
  fault: Fault,
  {
    server,
    proxy,
    onDenial,
  }: {
    readonly server: EdgeServer;
    readonly proxy: NatsProxy;
    /** Told before something is denied, and when all is allowed again. */
    readonly onDenial: (denied: Denial | undefined) => void;
  },
): Promise<void> {
  switch (fault.kind) {
    case 'kill':
      await server.kill();
      await pause(fault.downMs);
      await server.restart();
      return;
    case 'stop':
      server.signal('SIGSTOP');
      await pause(fault.ms);
      server.signal('SIGCONT');
      return;
    case 'cut':
      proxy.cut();
      return;
    case 'freeze':
      proxy.freeze();
      return;
    case 'hold':
      proxy.hold(fault.sides);
      await pause(fault.ms);
      proxy.hold([]);
      return;
    case 'delay':
      proxy.delay(fault.delayMs);
      await pause(fault.ms);
      proxy.delay(0);
      return;
    case 'throttle':
      proxy.throttle(fault.bytesPerSecond);
      await pause(fault.ms);
      proxy.throttle(undefined);
      return;
    case 'permissions':
      onDenial(fault.denied);
      await server.deny(fault.denied);
      await pause(fault.ms);
      await server.deny(undefined);
      onDenial(undefined);
      return;
  }
}
