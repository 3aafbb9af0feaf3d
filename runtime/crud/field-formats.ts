const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const TIME = /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?$/;
const DATE_TIME =
  /^(\d{4}-\d{2}-\d{2})T((?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,6})?)(Z|[+-](?:0\d|1[0-4]):[0-5]\d)$/;
const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** A day of the proleptic Gregorian calendar from year 1 to 9999. */
export function isDate(text: string): boolean {
  const [, year = '', month = '', day = ''] = DATE.exec(text) ?? [];
  const [y, m, d] = [Number(year), Number(month), Number(day)];
  if (y < 1 || m < 1 || m > 12 || d < 1) return false;
  const leap = m === 2 && ((y % 4 === 0 && y % 100 !== 0) || y % 400 === 0);
  return d <= (MONTH_DAYS[m - 1] ?? 0) + (leap ? 1 : 0);
}

/** `HH:MM:SS` with up to six digits of a second, 24:00:00 and leap seconds excluded. */
export function isTime(text: string): boolean {
  return TIME.test(text);
}

/** RFC 3339 with an offset; the instant lies in the years 1 to 9999 of UTC. */
export function isDateTime(text: string): boolean {
  const [, date = ''] = DATE_TIME.exec(text) ?? [];
  return isDate(date) && /^(?!0000)\d{4}-/.test(utcText(text));
}

/** The instant in UTC with six digits of a second, so that text order is time order. */
export function utcText(dateTime: string): string {
  const [, date = '', time = '', offset = 'Z'] = DATE_TIME.exec(dateTime) ?? [];
  const [clock = '', fraction = ''] = time.split('.');
  const moment = new Date(`${date}T${clock}${offset}`);
  return `${moment.toISOString().slice(0, -5)}.${fraction.padEnd(6, '0')}Z`;
}

const knownZones = new Set<string>();

/** An IANA name this Node's ICU knows; offsets like `+01:00` are no zones. */
export function isTimeZone(text: string): boolean {
  if (knownZones.has(text)) return true;
  if (text.length > 64 || !/^[A-Za-z][A-Za-z0-9_+\-/]*$/.test(text)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: text });
  } catch {
    return false;
  }
  if (knownZones.size < 1000) knownZones.add(text);
  return true;
}

/** Absolute, http or https, only the characters RFC 3986 allows. */
export function isUrl(text: string): boolean {
  return text.length <= 2048 && /^https?:\/\/[\w.~:/?#[\]@!$&'()*+,;=%-]+$/i.test(text) && URL.canParse(text);
}
