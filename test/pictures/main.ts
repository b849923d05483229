/**
 * `npm run pictures [-- icon|views|demo …]`: makes the icon, the pictures of the walkthrough and the README, and the
 * animation of the demo anew, from a real VS Code. Look at them before they are committed.
 */
import { takeDemo } from './demo';
import { drawIcon } from './icon';
import { takeViews } from './views';

const makers = { icon: drawIcon, views: takeViews, demo: takeDemo };

async function main(names: readonly string[]): Promise<void> {
  const stranger = names.find((name) => !(name in makers));
  if (stranger !== undefined) throw new Error(`${stranger} is none of ${Object.keys(makers).join(', ')}.`);
  for (const [name, make] of Object.entries(makers)) {
    if (names.length === 0 || names.includes(name)) await make();
  }
}

main(process.argv.slice(2)).then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
