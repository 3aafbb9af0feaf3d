const DATETIME = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,6}))?(Z|[+-]\d\d:\d\d)$/;
const MICROS_A_SECOND = 1_000_000n;

/** Microseconds since 1970 of an RFC 3339 moment. */
export function moment(text: string | null | undefined): bigint | null {
  const [, year, month, day, hours, minutes, seconds, fraction, zone] = DATETIME.exec(text ?? '') ?? [];
  if (zone === undefined) return null;
  const whole = utcSeconds(numbers(year, month, day, hours, minutes, seconds)) - offsetSeconds(zone);
  return BigInt(whole) * MICROS_A_SECOND + BigInt((fraction ?? '').padEnd(6, '0'));
}

/** Microseconds since 1970 as the API spells a moment: in UTC, without zeros at the end of a fraction. */
export function momentText(micros: bigint | null): string | null {
  if (micros === null) return null;
  const fraction = ((micros % MICROS_A_SECOND) + MICROS_A_SECOND) % MICROS_A_SECOND;
  const seconds = new Date(Number((micros - fraction) / 1000n)).toISOString().slice(0, 19);
  const digits = String(fraction).padStart(6, '0').replace(/0+$/, '');
  return `${seconds}${digits === '' ? '' : `.${digits}`}Z`;
}

/** A moment or a duration, so much later; null where one is null, as with all that follow. */
export function later(start: bigint | null, span: bigint | null): bigint | null {
  return start === null || span === null ? null : start + span;
}

/** A moment or a duration, so much earlier; of two moments the time between them. */
export function earlier(start: bigint | null, span: bigint | null): bigint | null {
  return start === null || span === null ? null : start - span;
}

/** The day that calendars of a time zone show at a moment. */
export function dayIn(zone: string | null, now: bigint): string | null {
  if (zone === null) return null;
  const { year, month, day } = clockAt(zone, Number(now / 1000n));
  return [String(year).padStart(4, '0'), padded(month), padded(day)].join('-');
}

/**
 * The moment at which clocks of a time zone show a time of day. Where they show it twice, the second;
 * where they skip it, as if they had not been moved yet: Postgres' own choice.
 */
export function momentAt(date: string | null, time: string | null, zone: string | null): bigint | null {
  if (date === null || time === null || zone === null) return null;
  const [year, month, day] = date.split('-');
  const [hours, minutes, rest = ''] = time.split(':');
  const [seconds, fraction = ''] = rest.split('.');
  const wall = utcSeconds(numbers(year, month, day, hours, minutes, seconds));
  const [early, late] = [offsetAt(zone, wall - 86_400), offsetAt(zone, wall + 86_400)];
  const fits = [late, early].find((offset) => offsetAt(zone, wall - offset) === offset);
  return BigInt(wall - (fits ?? early)) * MICROS_A_SECOND + BigInt(fraction.padEnd(6, '0'));
}

/** Seconds that clocks of a zone are ahead of UTC. */
function offsetAt(zone: string, seconds: number): number {
  const { year, month, day, hour, minute, second } = clockAt(zone, seconds * 1000);
  return utcSeconds([year, month, day, hour, minute, second]) - seconds;
}

interface Clock {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

function clockAt(zone: string, milliseconds: number): Clock {
  const parts = Object.fromEntries(
    formatOf(zone)
      .formatToParts(milliseconds)
      .map(({ type, value }) => [type, value]),
  );
  const read = (name: string): number => Number(parts[name] ?? 0);
  return {
    year: read('year'),
    month: read('month'),
    day: read('day'),
    hour: read('hour'),
    minute: read('minute'),
    second: read('second'),
  };
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const two = '2-digit';
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'iso8601',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: two,
    day: two,
    hour: two,
    minute: two,
    second: two,
  });
  formats.set(zone, format);
  return format;
}

function utcSeconds([year = 0, month = 1, day = 1, hours = 0, minutes = 0, seconds = 0]: readonly number[]): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getTime() / 1000 + hours * 3600 + minutes * 60 + seconds;
}

function offsetSeconds(zone: string): number {
  if (zone === 'Z') return 0;
  const [hours = 0, minutes = 0] = zone.slice(1).split(':').map(Number);
  return (zone.startsWith('-') ? -1 : 1) * (hours * 3600 + minutes * 60);
}

function numbers(...texts: readonly (string | undefined)[]): readonly number[] {
  return texts.map(Number);
}

function padded(value: number): string {
  return String(value).padStart(2, '0');
}
