import type { Memento } from 'vscode';
import type { Disposable } from '../util/disposable';
import { PersonTime, type Person } from '../util/personTime';

const memoryKey = 'person';

/** The person's days and times; the zone that a page has reported is remembered for the next window. */
export function rememberedTime(memory: Memento): Disposable & { readonly person: PersonTime } {
  const person = new PersonTime(memory.get<Person>(memoryKey));
  const listening = person.onDidChange((now) => void memory.update(memoryKey, now));
  return {
    person,
    dispose: () => {
      listening.dispose();
    },
  };
}
