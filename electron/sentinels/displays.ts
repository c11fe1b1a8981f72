import { type Sentinel, shortName } from './sentinel.ts';

type Display = {
  readonly id: number;
  readonly label: string;
  readonly size: { readonly width: number; readonly height: number };
};
export type DisplaySource = {
  getAllDisplays(): readonly Display[];
  on(event: 'display-added', listener: (event: unknown, display: Display) => void): unknown;
  off(event: 'display-added', listener: (event: unknown, display: Display) => void): unknown;
};

/** More than one display when the exam begins, or one that is connected during it. */
export function watchDisplays(screens: DisplaySource): Sentinel {
  return {
    name: 'displays',
    watch(report) {
      const tell = ({ label, size }: Display): void =>
        report({
          reason: 'display-added',
          what: shortName(`${label || 'display'} ${size.width}x${size.height}`),
          lastedMs: 0,
        });
      const [, ...others] = screens.getAllDisplays();
      for (const display of others) tell(display);
      const added = (_event: unknown, display: Display): void => tell(display);
      screens.on('display-added', added);
      return () => void screens.off('display-added', added);
    },
  };
}
