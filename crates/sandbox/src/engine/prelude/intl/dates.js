// `Intl.DateTimeFormat`.
const dateFields = ['weekday', 'year', 'month', 'day'];
const timeFields = ['dayPeriod', 'hour', 'minute', 'second', 'fractionalSecondDigits'];
const names = ['narrow', 'short', 'long'];
const twoWays = ['2-digit', 'numeric'];
const styles = ['full', 'long', 'medium', 'short'];
const zoneNames = ['short', 'long', 'shortOffset', 'longOffset', 'shortGeneric', 'longGeneric'];

const readFields = (options) => ({
  weekday: readText(options, 'weekday', names),
  era: readText(options, 'era', names),
  year: readText(options, 'year', twoWays),
  month: readText(options, 'month', [...twoWays, ...names]),
  day: readText(options, 'day', twoWays),
  dayPeriod: readText(options, 'dayPeriod', names),
  hour: readText(options, 'hour', twoWays),
  minute: readText(options, 'minute', twoWays),
  second: readText(options, 'second', twoWays),
  fractionalSecondDigits: readNumber(options, 'fractionalSecondDigits', 1, 3),
  timeZoneName: readText(options, 'timeZoneName', zoneNames),
});
/** The fields when none are asked for: `required` says which ones count, `defaults` which ones are added. */
const completeFields = (fields, required, defaults) => {
  const needed = required === 'date' ? dateFields : required === 'time' ? timeFields : [...dateFields, ...timeFields];
  if (needed.some((name) => fields[name] !== undefined)) return;
  if (defaults !== 'time') fields.year = fields.month = fields.day = 'numeric';
  if (defaults !== 'date') fields.hour = fields.minute = fields.second = 'numeric';
};
/** CreateDateTimeFormat */
const openDateTimeFormat = (locales, given, required = 'any', defaults = 'date') => {
  const tags = canonicalTags(locales);
  const options = optionsOf(given);
  readMatcher(options);
  const calendar = readKeyword(options, 'calendar');
  const numberingSystem = readKeyword(options, 'numberingSystem');
  const hour12 = readBoolean(options, 'hour12');
  const hourCycle = readText(options, 'hourCycle', ['h11', 'h12', 'h23', 'h24']);
  if (hourCycle === 'h24' && hour12 === undefined) throw notAvailable('the hour cycle h24');
  const timeZone = options.timeZone === undefined ? 'UTC' : `${options.timeZone}`;
  if (timeZone.length > 64) throw outOfRange('timeZone');
  const fields = readFields(options);
  readText(options, 'formatMatcher', ['basic', 'best fit'], 'best fit');
  const dateStyle = readText(options, 'dateStyle', styles);
  const timeStyle = readText(options, 'timeStyle', styles);
  if (dateStyle !== undefined || timeStyle !== undefined) {
    if (entriesOf(fields).some(([, value]) => value !== undefined)) throw new TypeError('dateStyle and timeStyle go with no other field');
    if (required === 'date' && timeStyle !== undefined || required === 'time' && dateStyle !== undefined) throw new TypeError('this style is not for this method');
    fields.dateStyle = dateStyle;
    fields.timeStyle = timeStyle;
  } else completeFields(fields, required, defaults);
  const [specification, json] = op.openDates(pickTag(tags), stringify({ calendar, numberingSystem, hourCycle, hour12, timeZone, fields }));
  const { fields: shown, ...resolved } = parse(json);
  const { fractionalSecondDigits } = fields;
  const { timeZoneName, ...others } = shown;
  return { specification, resolved: { ...resolved, ...others, fractionalSecondDigits, timeZoneName, dateStyle, timeStyle } };
};
const { now } = Date;
const momentOf = (date) => {
  const moment = date === undefined ? now() : +date;
  if (!(Math.abs(moment) <= 8.64e15)) throw new RangeError('Invalid time value');
  return Math.trunc(moment);
};
addService('DateTimeFormat', true, openDateTimeFormat, (stateOf) => ({
  get format() {
    const state = stateOf(this);
    return state.format ??= ((date) => op.formatDate(state.specification, momentOf(date), false));
  },
  formatToParts(date) { return pairsToParts(op.formatDate(stateOf(this).specification, momentOf(date), true)); },
  resolvedOptions() { return present(stateOf(this).resolved); },
}));
