/** Minutes and seconds, as a clock shows them; what has begun counts as a whole second. */
export function asTime(ms: number): string {
  const seconds = Math.ceil(Math.max(0, ms) / 1000);
  return [Math.floor(seconds / 60), seconds % 60].map((part) => String(part).padStart(2, '0')).join(':');
}
