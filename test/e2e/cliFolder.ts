import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** The folder of a NATS CLI, filled as the CLI fills it. */
export class CliFolder {
  readonly path: string;

  constructor(folder: string) {
    this.path = folder;
  }

  async save(name: string, fields: object): Promise<void> {
    const all = {
      description: '',
      url: 'nats://127.0.0.1:4222',
      user: '',
      password: '',
      creds: '',
      ...fields,
    };
    await this.write(name, JSON.stringify(all, undefined, 2));
  }

  async write(name: string, text: string): Promise<void> {
    await mkdir(path.join(this.path, 'nats', 'context'), { recursive: true });
    await writeFile(path.join(this.path, 'nats', 'context', `${name}.json`), text);
  }

  select(name: string): Promise<void> {
    return writeFile(path.join(this.path, 'nats', 'context.txt'), name);
  }

  remove(name: string): Promise<void> {
    return rm(path.join(this.path, 'nats', 'context', `${name}.json`));
  }
}
