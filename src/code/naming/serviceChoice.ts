import type { ServiceName } from '../index/serviceNames';
import type { KnownService, UnnamedService } from '../index/workspaceIndex';

/** A service to be reset whole. */
export type ServiceChoice =
  | { readonly kind: 'named'; readonly service: KnownService }
  | { readonly kind: 'unnamed'; readonly service: UnnamedService };

/** What is known of services, and who asks for the name of one that has none. */
export interface ServiceChoicePorts {
  readonly index: {
    services(): readonly KnownService[];
    unnamed(): readonly UnnamedService[];
    named(service: UnnamedService, name: ServiceName): KnownService;
  };
  /** Lets a person choose; none when they change their mind. */
  readonly choose: (choices: readonly ServiceChoice[]) => Promise<ServiceChoice | undefined>;
  readonly name: (service: UnnamedService) => Promise<ServiceName | undefined>;
}

/** Lets a person choose one of the services in the code; of one without a name the name is asked for first. */
export async function chooseService({
  index,
  choose,
  name,
}: ServiceChoicePorts): Promise<KnownService | undefined> {
  const chosen = await choose([
    ...index.services().map((service): ServiceChoice => ({ kind: 'named', service })),
    ...index.unnamed().map((service): ServiceChoice => ({ kind: 'unnamed', service })),
  ]);
  if (chosen?.kind !== 'unnamed') return chosen?.service;
  const given = await name(chosen.service);
  return given === undefined ? undefined : index.named(chosen.service, given);
}
