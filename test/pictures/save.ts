import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { projectRoot } from '../host/cache';

/** Writes a picture into the project, with as few bytes as look the same. */
export async function savePicture(png: Buffer, file: string): Promise<void> {
  const small = await sharp(png).png({ palette: true, colours: 128, dither: 0, effort: 10 }).toBuffer();
  await write(small, file);
}

/** A picture of an animation, and for how many milliseconds it stands. */
export interface Shot {
  readonly png: Buffer;
  readonly time: number;
}

/** Writes an animation into the project. */
export async function saveAnimation(shots: readonly Shot[], file: string): Promise<void> {
  const pages = sharp(
    shots.map(({ png }) => png),
    { join: { animated: true } },
  );
  const gif = await pages
    .gif({ delay: shots.map(({ time }) => time), loop: 0, colours: 64, dither: 0, effort: 10 })
    .toBuffer();
  await write(gif, file);
}

async function write(bytes: Buffer, file: string): Promise<void> {
  const target = path.join(projectRoot, file);
  await mkdir(path.dirname(target), { recursive: true });
  await writeFile(target, bytes);
  console.log(`${file} (${Math.ceil(bytes.length / 1024)} KB)`);
}
