/**
 * A day as `YYYY-MM-DD`; nothing where no calendar has it: a clock would make the 30th of February the 2nd of March.
 * @param year four digits
 */
export function dayOf(year: number | string, month: number | string, day: number | string): string | undefined {
  const two = (figure: number | string): string => String(figure).padStart(2, '0');
  const date = `${year}-${two(month)}-${two(day)}`;
  const midnight = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(date) ? date : undefined;
}

/** A day as people write it: 2026-11-27, 2026/11/27, 2026.11.27, 2026年11月27日. */
export function readDay(text: string): string | undefined {
  const [, year, month, day] = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text.trim()) ?? [];
  return year && month && day ? dayOf(year, month, day) : undefined;
}
