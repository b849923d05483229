/** A server takes 4,096 characters in a line, unless it is told otherwise; servers before 2.0 took 1,024. */
const maxLength = 1000;

/**
 * The subject to subscribe to in order to hear a subject or pattern: itself, or for a long one its beginning and all
 * below that. A line that is too long for the server would end the connection.
 */
export function listenSubject(subject: string): string {
  if (subject.length <= maxLength) return subject;
  const dot = subject.lastIndexOf('.', maxLength - 2);
  return `${subject.slice(0, dot + 1)}>`;
}
