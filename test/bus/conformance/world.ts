import { type GatewayStart, type RunningGateway, startGateway } from '../../host/resgate';
import { BusTap } from './busTap';
import { Observation, type StepRecord } from './observation';
import { RawClient } from './rawClient';
import { Service } from './service';

/** The resource by which a scenario knows that the gateway has done all that was asked of it before. */
const fence = 'fence.marker';

/** How many rounds without any message make it certain that none is to come. */
const quietRounds = 3;

/** All parts of a scenario: a gateway, a service, clients, and an observer of what passes between them. */
export class World {
  readonly gateway: RunningGateway;
  readonly service: Service;
  readonly seen: Observation;
  readonly steps: StepRecord[] = [];
  readonly #tap: BusTap;
  readonly #clients: RawClient[] = [];
  readonly #moreGateways: RunningGateway[] = [];
  readonly #fences: (() => Promise<void>)[] = [];

  private constructor(gateway: RunningGateway, service: Service, seen: Observation, tap: BusTap) {
    this.gateway = gateway;
    this.service = service;
    this.seen = seen;
    this.#tap = tap;
  }

  static async start(options: GatewayStart): Promise<World> {
    const gateway = await startGateway(options);
    const seen = new Observation();
    const tap = await BusTap.start(options.natsUrl, (message) => {
      if (!message.lane.includes(fence)) seen.bus(message);
    });
    const service = await Service.start(options.natsUrl, () => {
      seen.onActivity();
    });
    const world = new World(gateway, service, seen, tap);
    let count = 0;
    service.handlers.set(`get.${fence}`, () => ({ result: { model: { count: count++ } } }));
    await service.serve('fence');
    await world.#raiseFence(gateway);
    return world;
  }

  /** Starts one more gateway. */
  async secondGateway(): Promise<RunningGateway> {
    const gateway = await startGateway({ natsUrl: this.gateway.natsUrl });
    this.#moreGateways.push(gateway);
    await this.#raiseFence(gateway);
    return gateway;
  }

  /** Connects a client; all that it gets is recorded under its name. */
  async client(name: string, protocol?: string, url = this.gateway.wsUrl): Promise<RawClient> {
    const onMessage = (lane: string, message: Readonly<Record<string, unknown>>): void => {
      this.seen.client(name, lane, message);
    };
    const client = await RawClient.connect(url, onMessage, protocol);
    this.#clients.push(client);
    return client;
  }

  /** Does something, waits until all that comes of it has come, and records that. */
  async step(name: string, action: () => unknown): Promise<void> {
    await action();
    await this.settle();
    this.steps.push(this.seen.take(name));
  }

  /** Publishes a `system.reset`, an object as JSON, as a step. */
  reset(message: unknown): Promise<void> {
    const text = typeof message === 'string' ? message : JSON.stringify(message);
    return this.step(`reset ${text}`, () => {
      this.service.publish('system.reset', message);
    });
  }

  /** Resolves when nothing more comes of what was done before: every way through the gateway was gone, and was quiet. */
  async settle(): Promise<void> {
    for (let quiet = 0; quiet < quietRounds;) {
      const before = this.seen.activity;
      await this.#passFence();
      quiet = this.seen.activity === before ? quiet + 1 : 0;
    }
  }

  /** Ends the watching of the bus: from then on NATS tells the gateway when nobody else listens to a request. */
  async stopWatching(): Promise<void> {
    await this.#tap.stop();
  }

  async stop(): Promise<void> {
    for (const client of this.#clients) client.close();
    await Promise.all([this.gateway, ...this.#moreGateways].map((gateway) => gateway.stop()));
    await this.#tap.stop();
    await this.service.stop();
  }

  /** For each gateway a client of its own holds the fence; passing it is a reset of it, up to the clients' events. */
  async #raiseFence(gateway: RunningGateway): Promise<void> {
    let onEvent = (): void => undefined;
    const client = await RawClient.connect(gateway.wsUrl, (lane) => {
      if (lane === fence) onEvent();
    });
    this.#clients.push(client);
    await client.request(`subscribe.${fence}`);
    this.#fences.push(
      () =>
        new Promise((resolve) => {
          onEvent = resolve;
        }),
    );
  }

  async #passFence(): Promise<void> {
    const passed = this.#fences.map((next) => next());
    this.service.publish('system.reset', { resources: [fence] });
    await Promise.all(passed);
    // Clients can be ahead of it.
    await this.#tap.catchUp();
  }
}
