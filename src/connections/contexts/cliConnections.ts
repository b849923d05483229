import { Emitter } from '../../util/emitter';
import * as l10n from '../../util/l10n';
import type { Problem, Result } from '../../util/problem';
import { written, type StoredProfile } from '../store/connectionSettings';
import type { CliProfile, CliProfiles } from './cliContexts';
import { parseProtectedContexts, type ProtectedContexts } from './protectedContexts';

/** Where the NATS CLI keeps its contexts, and the window which of them are protected. */
interface CliPorts {
  read(): Promise<CliProfiles>;
  protectedContexts(): unknown;
  setProtectedContexts(list: readonly unknown[]): Promise<void>;
}

/** The connections that the NATS CLI knows. They are used in place: a change there counts here. */
export class CliConnections {
  readonly #ports: CliPorts;
  readonly #changed = new Emitter<undefined>();
  #found: CliProfiles = { contexts: [] };
  #asText = '';
  #reading: Promise<void> | undefined;

  readonly onDidChange = this.#changed.event;

  constructor(ports: CliPorts) {
    this.#ports = ports;
  }

  /** The usable ones; the environment's comes last. */
  get profiles(): readonly StoredProfile[] {
    const marked = this.#protected();
    return this.#all().flatMap(([source, context]) => {
      const { name, description, target, result } = context;
      if (!result.ok) return [];
      const profile = { ...result.value.profile, protected: marked.has(context) };
      return [
        {
          id: `${source}:${name}`,
          source,
          ...result.value,
          profile,
          ...(description === undefined ? {} : { description }),
          ...(target === undefined ? {} : { target }),
        },
      ];
    });
  }

  /** Those that can't be used, with the reason. */
  get unusable(): readonly { readonly id: string; readonly name: string; readonly problem: Problem }[] {
    return this.#all().flatMap(([source, { name, result }]) =>
      result.ok ? [] : [{ id: `${source}:${name}`, name, problem: result.problem }],
    );
  }

  /** What is wrong with the CLI's files, and with the setting that protects contexts. */
  get problems(): readonly Problem[] {
    const { problem } = this.#protected();
    return [...(this.#found.problems ?? []), ...(problem ? [problem] : [])];
  }

  /** The id of the context that the CLI itself would use. */
  get selectedId(): string | undefined {
    const { selected } = this.#found;
    return selected === undefined ? undefined : `context:${selected}`;
  }

  /** Makes every reset by a context ask first, or no longer. */
  async protect({ profile: { name }, source }: StoredProfile, on: boolean): Promise<Result<undefined>> {
    const marked = this.#protected();
    if (!marked.with) return { ok: false, problem: marked.problem };
    const [, base] = this.#all().find(([from, one]) => from === source && one.name === name) ?? [];
    if (!on && base?.basedOn !== undefined && marked.has({ name: base.basedOn })) {
      const what = l10n.msg('"{0}" is based on the context "{1}", which is protected', name, base.basedOn);
      return { ok: false, problem: { what, remedy: l10n.msg('Unprotect that context.') } };
    }
    const list = marked.with(name, on);
    return written(async () => {
      await this.#ports.setProtectedContexts(list);
      return undefined;
    });
  }

  /** Reads everything anew; what is being read already is not good enough, it may be older than the call. */
  async reload(): Promise<void> {
    const previous = this.#reading;
    const reading = (async () => {
      await previous;
      const found = await this.#ports.read();
      const asText = JSON.stringify(found);
      if (asText === this.#asText) return;
      this.#found = found;
      this.#asText = asText;
      this.notice();
    })();
    this.#reading = reading;
    await reading;
  }

  /** The setting that protects contexts has changed. */
  notice(): void {
    this.#changed.fire(undefined);
  }

  #protected(): ProtectedContexts {
    return parseProtectedContexts(this.#ports.protectedContexts());
  }

  #all(): (readonly ['context' | 'environment', CliProfile])[] {
    const { contexts, environment } = this.#found;
    return [
      ...contexts.map((context) => ['context', context] as const),
      ...(environment ? [['environment', environment] as const] : []),
    ];
  }
}
