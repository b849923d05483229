import { Emitter } from './emitter';

/** Where a person reads times: an IANA time zone and a language tag, as a browser has them. */
export interface Person {
  readonly timeZone: string;
  readonly language: string;
}

const quarter = 15 * 60_000;

/**
 * Days and times as the person reads them, who can be in another time zone than this process. Until the zone is known, times
 * name the zone of this process. All texts are English, so the dates are too, in the person's own kind of English.
 */
export class PersonTime {
  readonly #changed = new Emitter<Person>();
  #person: Person | undefined;
  /** Checked when it is first needed: that loads the data of all zones. */
  #remembered: Person | undefined;
  #formats = new Map<string, Intl.DateTimeFormat>();

  readonly onDidChange = this.#changed.event;

  constructor(remembered?: Person) {
    this.#remembered = remembered;
  }

  /** Takes the person's zone and language; what is neither is passed over. */
  know(person: Person): void {
    const known = this.#known();
    if (known?.timeZone === person.timeZone && known.language === person.language) return;
    if (!isUsable(person)) return;
    this.#person = person;
    this.#formats = new Map();
    this.#changed.fire(person);
  }

  /** The calendar day of a time: `2026-03-29`. Times are in milliseconds since 1970. */
  day(time: number): string {
    return this.#format('day', { year: 'numeric', month: '2-digit', day: '2-digit' }, 'en-CA').format(time);
  }

  /** `Sunday, 29 March 2026` */
  dayText(time: number): string {
    return this.#format('dayText', {
      weekday: 'long',
      day: 'numeric',
      month: 'long',
      year: 'numeric',
    }).format(time);
  }

  /** `14:05:09` */
  timeText(time: number): string {
    return this.#format('time', { timeStyle: 'medium' }).format(time) + this.#zoneName(time);
  }

  /** `29 Mar 2026, 14:05:09` */
  dateTimeText(time: number): string {
    return (
      this.#format('dateTime', { dateStyle: 'medium', timeStyle: 'medium' }).format(time) +
      this.#zoneName(time)
    );
  }

  /** When the next day begins. */
  nextDay(now: number): number {
    const today = this.day(now);
    // Days begin at quarters of an hour in every zone, and have 23 to 25 hours.
    const first = Math.floor(now / quarter) + 1;
    let [from, to] = [first, first + 26 * 4];
    while (from < to) {
      const middle = Math.floor((from + to) / 2);
      if (this.day(middle * quarter) === today) from = middle + 1;
      else to = middle;
    }
    return from * quarter;
  }

  #known(): Person | undefined {
    const remembered = this.#remembered;
    this.#remembered = undefined;
    if (remembered && isUsable(remembered)) this.#person = remembered;
    return this.#person;
  }

  /** The zone of this process, where that of the person is not known. */
  #zoneName(time: number): string {
    if (this.#known()) return '';
    const parts = this.#format('zone', { timeZoneName: 'short' }).formatToParts(time);
    return ` ${parts.find(({ type }) => type === 'timeZoneName')?.value ?? ''}`;
  }

  #format(
    name: string,
    options: Intl.DateTimeFormatOptions,
    language = this.#english(),
  ): Intl.DateTimeFormat {
    let format = this.#formats.get(name);
    if (!format) {
      const { timeZone } = { timeZone: undefined, ...this.#known() };
      format = new Intl.DateTimeFormat(language, { ...options, ...(timeZone !== undefined && { timeZone }) });
      this.#formats.set(name, format);
    }
    return format;
  }

  #english(): string {
    const language = this.#known()?.language ?? 'en';
    return /^en\b/i.test(language) ? language : 'en';
  }
}

function isUsable({ timeZone, language }: Person): boolean {
  try {
    new Intl.DateTimeFormat(language, { timeZone });
    return true;
  } catch {
    return false;
  }
}
