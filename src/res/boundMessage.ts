import { isTokenReset, type SystemMessage } from './systemMessage';

/** So many characters of patterns, or of token ids, are kept of a message of somebody else's. */
const maxLength = 65_536;

/** A message that is kept, and how many of its patterns or token ids are not. */
interface BoundMessage {
  readonly message: SystemMessage;
  readonly leftOut: number;
}

/** The message as it can be kept: nobody vouches for what strangers send, and a history keeps many. */
export function boundMessage(message: SystemMessage): BoundMessage {
  let room = maxLength;
  let leftOut = 0;
  const keep = (texts: readonly string[]): string[] =>
    texts.filter((text) => {
      // Once one does not fit none does: what is kept is the start of the list.
      const fits = leftOut === 0 && text.length < room;
      if (fits) room -= text.length + 1;
      else leftOut++;
      return fits;
    });
  if (isTokenReset(message)) {
    // Without its subject it would be another message: it comes first.
    room -= message.subject.length;
    const bound = { tids: keep(message.tids), subject: message.subject.slice(0, maxLength) };
    return { message: bound, leftOut: leftOut + Number(message.subject.length > maxLength) };
  }
  const { resources, access } = message;
  const bound = { ...(resources && { resources: keep(resources) }), ...(access && { access: keep(access) }) };
  return { message: bound, leftOut };
}
