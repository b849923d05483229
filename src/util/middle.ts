/** The text, shortened in the middle to so many characters, with an ellipsis for what is left out. */
export function shortenedInMiddle(text: string, length: number): string {
  const characters = Array.from(text);
  if (characters.length <= length) return text;
  // Patterns differ at their ends more often than at their beginnings.
  const end = Math.ceil((length - 1) / 2);
  return `${characters.slice(0, length - 1 - end).join('')}…${characters.slice(-end).join('')}`;
}
