/**
 * The text, shortened in the middle to so many characters, with an ellipsis for what is left out: `l…book.*` for
 * `library.book.*`. Whole parts stay at the end, where one fits: patterns differ there more often than at their beginnings.
 */
export function shortenedInMiddle(text: string, length: number): string {
  const characters = Array.from(text);
  if (characters.length <= length) return text;
  const room = length - 1;
  const end = wholeEnd(characters, room) ?? Math.ceil(room / 2);
  return `${characters.slice(0, room - end).join('')}…${characters.slice(-end).join('')}`;
}

/**
 * How long an end of whole parts is for which there is room: as much as leaves the first part whole too, or else as much as
 * leaves a character of it, which tells services apart. Undefined where not even the last part fits.
 */
function wholeEnd(characters: readonly string[], room: number): number | undefined {
  const begins = characters.flatMap((character, at) => (/[. ]/.test(character) ? [at + 1] : []));
  const first = (begins[0] ?? 1) - 1;
  const ends = begins.map((at) => characters.length - at).filter((end) => end > 0);
  return ends.find((end) => end > 1 && first + end <= room) ?? ends.find((end) => 1 + end <= room);
}
