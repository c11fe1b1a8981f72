/** One JSON line on standard error, in the station's own log format, so that both read as one log. */
export type Log = (
  level: 'info' | 'warn' | 'error',
  message: string,
  detail?: Readonly<Record<string, unknown>>,
) => void;

const LEVELS = { info: 30, warn: 40, error: 50 } as const;

export const log: Log = (level, msg, detail = {}) => {
  process.stderr.write(
    `${JSON.stringify({ level: LEVELS[level], time: Date.now(), name: 'kiosk', ...detail, msg })}\n`,
  );
};
