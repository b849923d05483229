/** The text as it is quoted in a message: the start of a long one. */
export function shownText(text: string, maxLength = 80): string {
  return text.length <= maxLength ? text : `${text.slice(0, maxLength)}…`;
}
