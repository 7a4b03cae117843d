// The methods of other types that depend on a locale (ECMA-402 §19).
const { apply } = Reflect;
const numberValue = Number.prototype.valueOf;
const bigintValue = BigInt.prototype.valueOf;
const { getTime } = Date.prototype;
const invalidDate = 'Invalid Date';

const dateMethod = (required, defaults) => function (locales, options) {
  const moment = apply(getTime, this, []);
  if (moment !== moment) return invalidDate;
  return op.formatDate(openDateTimeFormat(locales, options, required, defaults).specification, moment, false);
};
const textOf = (value) => {
  if (value === undefined || value === null) throw new TypeError('this is no text');
  return `${value}`;
};
/** The languages in which a letter has another case than elsewhere. */
const withOwnCases = ['az', 'el', 'hy', 'lt', 'tr'];
const caseMethod = (isUpper) => function (locales) {
  const text = textOf(this);
  const [tag = defaultTag] = canonicalTags(locales);
  const [language] = tag.split('-');
  if (!withOwnCases.includes(language)) return isUpper ? text.toUpperCase() : text.toLowerCase();
  if (!text.isWellFormed()) throw new RangeError('half of a surrogate pair has no case');
  return op.changeCase(language, text, isUpper);
};
const listMethod = function (locales, options) {
  const list = Object(this);
  const length = Math.min(Math.max(Math.trunc(Number(list.length)) || 0, 0), Number.MAX_SAFE_INTEGER);
  let text = '';
  for (let index = 0; index < length; index += 1) {
    const item = list[index];
    if (index > 0) text += ',';
    if (item !== undefined && item !== null) text += item.toLocaleString(locales, options);
  }
  return text;
};
const methods = {
  Number: { toLocaleString(locales, options) { return formatNumber(openNumberFormat(locales, options), apply(numberValue, this, [])); } },
  BigInt: { toLocaleString(locales, options) { return formatNumber(openNumberFormat(locales, options), apply(bigintValue, this, [])); } },
  Array: { toLocaleString: listMethod },
  TypedArray: { toLocaleString: listMethod },
  Date: {
    toLocaleString: dateMethod('any', 'all'),
    toLocaleDateString: dateMethod('date', 'date'),
    toLocaleTimeString: dateMethod('time', 'time'),
  },
  String: {
    localeCompare(that, locales, options) {
      const text = textOf(this);
      const other = `${that}`;
      return op.compare(openCollator(locales, options).specification, text, other);
    },
    toLocaleLowerCase: caseMethod(false),
    toLocaleUpperCase: caseMethod(true),
  },
};
