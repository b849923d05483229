import { ProgressLocation, window } from 'vscode';

/** Shows progress in the status bar, but only if it is still wanted after some milliseconds. */
export function progressAfter(
  delay: number,
  title: string,
): { report: (share: number) => void; end: () => void } {
  let share = 0;
  let update: ((share: number) => void) | undefined;
  let end: () => void = () => undefined;
  const timer = setTimeout(() => {
    void window.withProgress({ location: ProgressLocation.Window, title }, (progress) => {
      update = (value) => {
        progress.report({ message: `${Math.round(value * 100)} %` });
      };
      update(share);
      return new Promise<void>((resolve) => {
        end = resolve;
      });
    });
  }, delay);
  return {
    report: (value) => {
      share = value;
      update?.(value);
    },
    end: () => {
      clearTimeout(timer);
      end();
    },
  };
}
