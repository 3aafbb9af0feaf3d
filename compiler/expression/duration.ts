/** A hundred years: sums of such durations stay far within what Postgres can tell. */
const MAX_HOURS = 876_000;

const FORM = /^(?:(\d{1,6})h)?(?:(\d{1,9})m)?(?:(\d{1,9})s)?$/;

/** `1h30m` in microseconds; undefined where it is no duration, or one beyond a hundred years. */
export function readDuration(text: string): bigint | undefined {
  const parts = FORM.exec(text);
  if (parts === null || text === '') return undefined;
  const [hours = 0, minutes = 0, seconds = 0] = parts.slice(1).map((part) => Number(part ?? 0));
  const total = hours * 3600 + minutes * 60 + seconds;
  return total > MAX_HOURS * 3600 ? undefined : BigInt(total) * 1_000_000n;
}
