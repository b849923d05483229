import { availableParallelism } from 'node:os';
import { MessageChannel, type MessagePort, Worker, receiveMessageOnPort } from 'node:worker_threads';
import { type Claims, claim, newClaims, waitFor } from './claims';
import type { LanguageDefinition } from '../languages/language';
import type { Outline } from '../outline/outline';
import { outlineOf, textKey } from '../outline/outlineText';
import type { Reading } from '../files/sources';
import type { GrammarFolder } from '../outline/syntax';

/** What is to be outlined. */
export interface HelperWork {
  readonly grammarFolder: GrammarFolder;
  readonly files: readonly string[];
  /** So many files are taken in together: the next ones can wait. */
  readonly chunkSize: number;
  readonly reading: Reading;
}

/** What a thread that outlines files is started with. */
export interface HelperData extends HelperWork {
  readonly claims: Claims;
  readonly answers: MessagePort;
}

/** A file's outline, as it is kept and sent, and the text that it is of. */
export interface HelperAnswer {
  readonly index: number;
  readonly key: string;
  readonly outline: string;
}

/** With fewer files than this, starting threads does not pay. */
const fewest = 250;

/** More threads than this have to wait for the one that takes in what they found. */
const most = 3;

/** How long a file may take that a helper is at, in milliseconds; then it is outlined here. */
const patience = 1500;

/** Threads that outline the files of a scan, each chunk from its last one on, while the scanner starts with its first. */
export class OutlineHelpers {
  /** The files that were not asked for yet. */
  readonly #indexes: Map<string, number>;
  readonly #claims: Claims;
  readonly #threads: readonly Thread[];
  readonly #answers = new Map<number, HelperAnswer>();

  /** Starts threads that run `program`, as many as there are idle cores; none if that would not pay. */
  static start(program: string, work: HelperWork): OutlineHelpers | undefined {
    const count = Math.min(most, availableParallelism() - 1);
    return count < 1 || work.files.length < fewest ? undefined : new OutlineHelpers(program, work, count);
  }

  private constructor(program: string, work: HelperWork, count: number) {
    this.#indexes = new Map(work.files.map((file, index) => [file, index]));
    this.#claims = newClaims(work.files.length);
    const data = { ...work, claims: this.#claims };
    this.#threads = Array.from({ length: count }, () => startThread(program, data));
  }

  /** The outline of a file, if a helper has it of just this text. */
  of(file: string, text: string, language: LanguageDefinition): Outline | undefined {
    const index = this.#indexes.get(file);
    this.#indexes.delete(file);
    if (index === undefined || claim(this.#claims, index)) return undefined;
    waitFor(this.#claims, index, patience);
    for (const { answers } of this.#threads) {
      for (let next = receiveMessageOnPort(answers); next; next = receiveMessageOnPort(answers)) {
        const answer = next.message as HelperAnswer;
        this.#answers.set(answer.index, answer);
      }
    }
    const answer = this.#answers.get(index);
    this.#answers.delete(index);
    return answer?.key === textKey(text, language) ? outlineOf(answer.outline) : undefined;
  }

  stop(): void {
    for (const { worker, answers } of this.#threads) {
      answers.close();
      void worker.terminate();
    }
  }
}

interface Thread {
  readonly worker: Worker;
  readonly answers: MessagePort;
}

function startThread(program: string, work: Omit<HelperData, 'answers'>): Thread {
  const { port1, port2 } = new MessageChannel();
  const workerData: HelperData = { ...work, answers: port2 };
  const worker = new Worker(program, { workerData, transferList: [port2], execArgv: [] });
  // Whatever happens to it, what it leaves is done here.
  worker.on('error', () => undefined);
  worker.unref();
  return { worker, answers: port1 };
}
