import type { MachineCamera } from '../../native/camera/index.ts';

/** What the machine says of its cameras, looked at again and again: one may be plugged in during an exam. */
export type Machine = {
  /** As they were a moment ago; nothing where it does not say. */
  readonly cameras: readonly MachineCamera[] | undefined;
  stop(): void;
};

export type MachineLook = {
  /** Asks the machine. */
  readonly look: () => Promise<readonly MachineCamera[] | undefined>;
  readonly everyMs: number;
};

/**
 * @param onAdded a camera is there that was not; those of the first look are no news
 */
export function watchMachine(
  { look, everyMs }: MachineLook,
  onAdded: (camera: MachineCamera) => void,
  onFault: (error: unknown) => void,
): Machine {
  let cameras: readonly MachineCamera[] | undefined;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  const round = async (): Promise<void> => {
    const before = cameras;
    cameras = await look();
    if (stopped) return;
    for (const camera of before ? (cameras ?? []) : [])
      if (!before?.some(({ id, name }) => id === camera.id && name === camera.name)) onAdded(camera);
  };
  const again = (): void => {
    void round()
      .catch(onFault)
      .finally(() => {
        if (!stopped) timer = setTimeout(again, everyMs).unref();
      });
  };
  again();
  return {
    get cameras() {
      return cameras;
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
