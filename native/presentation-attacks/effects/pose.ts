/** How a sheet is held before a camera. Angles in radians; a positive yaw shows its face to the right of the picture. */
export type Pose = {
  /** Of its middle, from the middle of the picture, in pixels. */
  readonly x: number;
  readonly y: number;
  /** Pixels of the picture for one of the sheet. */
  readonly scale: number;
  readonly yaw: number;
  readonly pitch: number;
  readonly roll: number;
  /** By how much it is bent around an upright axis, over its whole width: towards the camera in the middle. */
  readonly bend: number;
  /** How far behind its middle what it turns about is, in its pixels: nothing for a sheet in hands, the neck for what is worn. */
  readonly pivot: number;
};

export type Matrix = readonly [...[number, number, number], ...[number, number, number], ...[number, number, number]];

/** Where the axes of the sheet point to, as the camera sees it: row by row. */
export function rotationOf({ yaw, pitch, roll }: Pick<Pose, 'yaw' | 'pitch' | 'roll'>): Matrix {
  const [cy, sy, cp, sp, cr, sr] = [yaw, pitch, roll].flatMap((angle) => [Math.cos(angle), Math.sin(angle)]) as [
    ...[number, number, number],
    ...[number, number, number],
  ];
  return [
    ...([cy * cr - sy * sp * sr, -cy * sr - sy * sp * cr, -sy * cp] as const),
    ...([cp * sr, cp * cr, -sp] as const),
    ...([sy * cr + cy * sp * sr, -sy * sr + cy * sp * cr, cy * cp] as const),
  ];
}
