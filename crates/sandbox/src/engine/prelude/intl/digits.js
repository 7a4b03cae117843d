// Numbers for the host, and how many digits they are shown with (ECMA-402 §16).
const primitiveOf = (object) => {
  const exotic = object[Symbol.toPrimitive];
  const attempts = exotic === undefined || exotic === null ? [object.valueOf, object.toString] : [exotic];
  for (const attempt of attempts) {
    const value = typeof attempt === 'function' ? attempt.call(object, 'number') : object;
    if (Object(value) !== value) return value;
  }
  throw new TypeError('Cannot convert object to primitive value');
};
/** ToIntlMathematicalValue, as text: digits in strings and bigints are not rounded to doubles. */
const numberText = (value) => {
  const plain = Object(value) === value ? primitiveOf(value) : value;
  if (typeof plain === 'bigint') return `${plain}`;
  const number = Number(plain);
  if (is(number, -0)) return '-0';
  if (typeof plain === 'string' && number !== 0 && Number.isFinite(number)) {
    const text = plain.trim();
    if (/^[-+.\d]/.test(text) && !/^0[xob]/i.test(text)) return text;
  }
  return `${number}`;
};

const increments = [1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 2500, 5000];
const roundingModes = ['ceil', 'floor', 'expand', 'trunc', 'halfCeil', 'halfFloor', 'halfExpand', 'halfTrunc', 'halfEven'];
/** SetNumberFormatDigitOptions. `resolved` holds the members of `resolvedOptions`, `digits` is what the host wants to know. */
const readDigits = (options, leastByDefault, mostByDefault, isCompact) => {
  const minimumIntegerDigits = readNumber(options, 'minimumIntegerDigits', 1, 21, 1);
  const given = ['minimumFractionDigits', 'maximumFractionDigits', 'minimumSignificantDigits', 'maximumSignificantDigits'].map((name) => options[name]);
  const increment = readNumber(options, 'roundingIncrement', 1, 5000, 1);
  if (!increments.includes(increment)) throw outOfRange('roundingIncrement');
  const mode = readText(options, 'roundingMode', roundingModes, 'halfExpand');
  let priority = readText(options, 'roundingPriority', ['auto', 'morePrecision', 'lessPrecision'], 'auto');
  const trailing = readText(options, 'trailingZeroDisplay', ['auto', 'stripIfInteger'], 'auto');
  const hasFraction = given[0] !== undefined || given[1] !== undefined;
  const hasSignificant = given[2] !== undefined || given[3] !== undefined;
  let fraction; let significant;
  if (priority !== 'auto' || hasSignificant) significant = readSignificant(given[2], given[3]);
  if (priority !== 'auto' || !hasSignificant && (hasFraction || !isCompact)) {
    fraction = hasFraction ? readFraction(given[0], given[1], leastByDefault, increment === 1 ? mostByDefault : leastByDefault)
      : [leastByDefault, increment === 1 ? mostByDefault : leastByDefault];
  }
  if (fraction === undefined && significant === undefined) {
    [fraction, significant, priority] = [[0, 0], [1, 2], 'morePrecision'];
  }
  if (increment !== 1) {
    if (significant !== undefined) throw new TypeError('roundingIncrement goes with fraction digits only');
    if (fraction[0] !== fraction[1]) throw outOfRange('roundingIncrement');
  }
  return {
    resolved: {
      minimumIntegerDigits, minimumFractionDigits: fraction?.[0], maximumFractionDigits: fraction?.[1],
      minimumSignificantDigits: significant?.[0], maximumSignificantDigits: significant?.[1],
    },
    rounding: { roundingIncrement: increment, roundingMode: mode, roundingPriority: priority, trailingZeroDisplay: trailing },
    digits: {
      minimumInteger: minimumIntegerDigits, fraction, significant, lessPrecision: priority === 'lessPrecision',
      increment, mode, stripIfInteger: trailing === 'stripIfInteger',
    },
  };
};
const readSignificant = (least, most) => {
  const minimum = checkNumber('minimumSignificantDigits', least, 1, 21, 1);
  return [minimum, checkNumber('maximumSignificantDigits', most, minimum, 21, 21)];
};
const readFraction = (least, most, leastByDefault, mostByDefault) => {
  let minimum = checkNumber('minimumFractionDigits', least, 0, 100);
  let maximum = checkNumber('maximumFractionDigits', most, 0, 100);
  minimum ??= Math.min(leastByDefault, maximum);
  maximum ??= Math.max(mostByDefault, minimum);
  if (minimum > maximum) throw outOfRange('maximumFractionDigits');
  return [minimum, maximum];
};
