import type { FileResult, ScanPart } from '../client/messages';

/** A step of a scan: a part of its answer, or what is to be waited for before the next step; other requests come meanwhile. */
export interface ScanStep extends ScanPart {
  readonly until?: Promise<unknown>;
}

/** So much goes to the host at once that taking it in is no stall there. */
const mostFacts = 500;
const mostPaths = 1000;

/** What is reported, in parts. Each is put together when it is asked for: between two, newer facts of the same files are reported. */
export function* parts(results: Iterable<FileResult>, share = 0): Generator<ScanPart> {
  let part: FileResult[] = [];
  let count = 0;
  for (const result of results) {
    part.push(result);
    count += result.facts.length + 1;
    if (count < mostFacts) continue;
    yield { results: part, share };
    part = [];
    count = 0;
  }
  if (part.length > 0 || share > 0) yield { results: part, share };
}

/** What a scan is about, in parts. */
export function* listings(files: readonly string[]): Generator<ScanPart> {
  for (let at = 0; at < files.length; at += mostPaths)
    yield { listed: files.slice(at, at + mostPaths), results: [], share: 0 };
}
