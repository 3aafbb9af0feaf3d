const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const TIME = /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?$/;
const DATETIME = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2}(?:\.\d{1,6})?)(Z|[+-](?:0\d|1[0-4]):[0-5]\d)$/;

const SECONDS_A_DAY = 86_400n;
const MICROS = 1_000_000n;
const EARLIEST = dayNumber(1, 1, 1) * SECONDS_A_DAY * MICROS;
const LATEST = dayNumber(10_000, 1, 1) * SECONDS_A_DAY * MICROS;

/** Whether the text is a day of the (proleptic Gregorian) calendar, years 0001 to 9999. */
export function isDate(text: string): boolean {
  const [, year, month, day] = (DATE.exec(text) ?? []).map(Number);
  if (year === undefined || month === undefined || day === undefined) return false;
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

/** Whether the text is a time of day to the microsecond, seconds written. */
export function isTime(text: string): boolean {
  return TIME.test(text);
}

/** Whether the text is an RFC 3339 moment with its offset, in the years 0001 to 9999 of UTC. */
export function isDatetime(text: string): boolean {
  return instant(text) !== undefined;
}

/** Microseconds since 1970 of an RFC 3339 moment; `undefined` when it is none. */
export function instant(text: string): bigint | undefined {
  const [, date = '', time = '', offset = ''] = DATETIME.exec(text) ?? [];
  if (!isDate(date) || !isTime(time)) return undefined;
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  const seconds = dayNumber(year, month, day) * SECONDS_A_DAY + wholeSeconds(time) - offsetSeconds(offset);
  const micros = seconds * MICROS + BigInt((time.split('.')[1] ?? '').padEnd(6, '0'));
  return micros >= EARLIEST && micros < LATEST ? micros : undefined;
}

/** The moment in UTC, as Postgres and the API spell it: no fraction beyond its last digit that counts. */
export function fromInstant(micros: bigint): string {
  const day = floorDivide(micros, SECONDS_A_DAY * MICROS);
  const rest = micros - day * SECONDS_A_DAY * MICROS;
  const seconds = Number(rest / MICROS);
  const clock = [seconds / 3600, (seconds / 60) % 60, seconds % 60]
    .map((part) => padded(Math.floor(part), 2))
    .join(':');
  return `${dayText(Number(day))}T${shortenTime(`${clock}.${padded(Number(rest % MICROS), 6)}`)}Z`;
}

/** A time without the zeros that end its fraction. */
export function shortenTime(time: string): string {
  return time.includes('.') ? time.replace(/\.?0+$/, '') : time;
}

/** Orders two times of day: a shorter fraction stands for trailing zeros. */
export function compareTimes(left: string, right: string): number {
  const [one, other] = [timeKey(left), timeKey(right)];
  return one < other ? -1 : one > other ? 1 : 0;
}

function timeKey(text: string): string {
  const [whole = '', fraction = ''] = text.split('.');
  return `${whole}.${fraction.padEnd(6, '0')}`;
}

function wholeSeconds(time: string): bigint {
  const [hours = 0, minutes = 0, seconds = 0] = (time.split('.')[0] ?? '').split(':').map(Number);
  return BigInt(hours * 3600 + minutes * 60 + seconds);
}

function offsetSeconds(offset: string): bigint {
  if (offset === 'Z') return 0n;
  const magnitude = wholeSeconds(`${offset.slice(1)}:00`);
  return offset.startsWith('-') ? -magnitude : magnitude;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** Days since 1970-01-01, counting years from March so that the leap day comes last. */
function dayNumber(year: number, month: number, day: number): bigint {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return BigInt(era * 146_097 + dayOfEra - 719_468);
}

/** The calendar day of a day number, the reverse of `dayNumber`. */
function dayText(number: number): string {
  const shifted = number + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const leaps = Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096);
  const yearOfEra = Math.floor((dayOfEra - leaps) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1;
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  return [padded(yearOfEra + era * 400 + (month <= 2 ? 1 : 0), 4), padded(month, 2), padded(day, 2)].join('-');
}

function floorDivide(value: bigint, by: bigint): bigint {
  return value < 0n && value % by !== 0n ? value / by - 1n : value / by;
}

function padded(value: number, width: number): string {
  return String(value).padStart(width, '0');
}
