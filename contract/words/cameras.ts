import { z } from 'zod';

/** The cameras a station takes, as the operating system names them; several are separated by semicolons. */
export const CameraNames = z.string().transform((text) =>
  text
    .split(';')
    .map((name) => name.trim())
    .filter((name) => name !== ''),
);
