import { SetMap } from '../util/setMap';
import type { SourceFile } from './sourceFile';
import type { Answer } from './world';

/** Keeps answers until something changes on which they rest. */
export class KnownAnswers {
  readonly #byFile = new SetMap<SourceFile, Answer>();
  readonly #byName = new SetMap<string, Answer>();
  readonly #byAnswer = new SetMap<Answer, Answer>();
  /** How many answers are being looked for, and the files that came meanwhile. */
  #open = 0;
  readonly #arrived: SourceFile[] = [];
  /** How each answer is forgotten. */
  readonly #forget = new Map<Answer, () => void>();

  /** To be called before an answer is looked for; `keep` needs the result. */
  begin(): number {
    if (this.#open++ === 0) this.#arrived.length = 0;
    return this.#arrived.length;
  }

  /** Keeps an answer that was looked for from `begun` on; `forget` is called when it does not hold any more. */
  keep(answer: Answer, begun: number, forget: () => void): void {
    this.#open--;
    // What was read on the way may not have been looked at.
    if (this.#arrived.slice(begun).some((file) => restsOn(answer, file))) {
      forget();
      return;
    }
    this.#forget.set(answer, forget);
    for (const file of answer.files) this.#byFile.add(file, answer);
    for (const name of answer.names) this.#byName.add(name, answer);
    for (const each of answer.answers) this.#byAnswer.add(each, answer);
  }

  /** Forgets what rests on a file, or on names that it has. */
  changed(file: SourceFile): void {
    if (this.#open > 0) this.#arrived.push(file);
    this.#drop(this.#byFile.get(file));
    for (const name of file.names) this.#drop(this.#byName.get(name));
    for (const field of file.writesByField.keys()) this.#drop(this.#byName.get(field));
  }

  clear(): void {
    this.#drop(this.#forget.keys());
  }

  #drop(answers: Iterable<Answer> = []): void {
    for (const answer of [...answers]) {
      const forget = this.#forget.get(answer);
      if (!forget) continue;
      this.#forget.delete(answer);
      forget();
      for (const file of answer.files) this.#byFile.delete(file, answer);
      for (const name of answer.names) this.#byName.delete(name, answer);
      for (const each of answer.answers) this.#byAnswer.delete(each, answer);
      this.#drop(this.#byAnswer.get(answer));
    }
  }
}

function restsOn({ files, names }: Answer, file: SourceFile): boolean {
  if (files.has(file)) return true;
  for (const name of names) if (file.names.has(name) || file.writesByField.has(name)) return true;
  return false;
}
