// `Intl.NumberFormat` and `Intl.PluralRules`.
const readCurrency = (options, style) => {
  const currency = options.currency === undefined ? undefined : `${options.currency}`;
  if (currency !== undefined && !/^[a-z]{3}$/i.test(currency)) throw outOfRange('currency');
  if (style === 'currency' && currency === undefined) throw new TypeError('the style currency needs a currency');
  return {
    currency: currency?.toUpperCase(),
    currencyDisplay: readText(options, 'currencyDisplay', ['code', 'symbol', 'narrowSymbol', 'name'], 'symbol'),
    currencySign: readText(options, 'currencySign', ['standard', 'accounting'], 'standard'),
  };
};
const readGrouping = (options, isCompact) => {
  const byDefault = isCompact ? 'min2' : 'auto';
  const value = options.useGrouping;
  if (value === undefined) return byDefault;
  if (value === true) return 'always';
  if (!value) return false;
  const text = readText({ useGrouping: value }, 'useGrouping', ['min2', 'auto', 'always', 'true', 'false']);
  return text === 'true' || text === 'false' ? byDefault : text;
};
const openNumberFormat = (locales, given) => {
  const tags = canonicalTags(locales);
  const options = optionsOf(given);
  readMatcher(options);
  const wanted = readKeyword(options, 'numberingSystem');
  const style = readText(options, 'style', ['decimal', 'percent', 'currency', 'unit'], 'decimal');
  const money = readCurrency(options, style);
  if (style === 'unit') throw notAvailable('the style unit');
  const notation = readText(options, 'notation', ['standard', 'scientific', 'engineering', 'compact'], 'standard');
  if (notation === 'scientific' || notation === 'engineering') throw notAvailable(`the notation ${notation}`);
  const isCompact = notation === 'compact';
  const isMoney = style === 'currency';
  const moneyDigits = isMoney && !isCompact ? op.currencyDigits(money.currency) : 0;
  const { resolved, rounding, digits } = readDigits(options, moneyDigits, isMoney ? moneyDigits : style === 'percent' ? 0 : 3, isCompact);
  const compactDisplay = readText(options, 'compactDisplay', ['short', 'long'], 'short');
  const useGrouping = readGrouping(options, isCompact);
  const signDisplay = readText(options, 'signDisplay', ['auto', 'never', 'always', 'exceptZero', 'negative'], 'auto');

  const [locale, full, numberingSystem] = op.openNumbers(pickTag(tags), wanted);
  const specification = stringify({
    locale: full, numberingSystem, style, currency: isMoney ? money.currency : undefined, currencyDisplay: money.currencyDisplay,
    accounting: money.currencySign === 'accounting', notation: isCompact ? compactDisplay : 'standard',
    grouping: useGrouping || 'never', signDisplay, digits,
  });
  // What the data cannot do is said here, not when a number comes.
  op.formatNumber(specification, '0', false);
  return {
    specification,
    resolved: {
      locale, numberingSystem, style, ...isMoney ? money : {}, ...resolved, useGrouping,
      notation, compactDisplay: isCompact ? compactDisplay : undefined, signDisplay, ...rounding,
    },
  };
};
const formatNumber = ({ specification }, value) => op.formatNumber(specification, numberText(value), false);
addService('NumberFormat', true, openNumberFormat, (stateOf) => ({
  get format() {
    const state = stateOf(this);
    return state.format ??= ((value) => formatNumber(state, value));
  },
  formatToParts(value) { return pairsToParts(op.formatNumber(stateOf(this).specification, numberText(value), true)); },
  resolvedOptions() { return present(stateOf(this).resolved); },
}));

const openPluralRules = (locales, given) => {
  const tags = canonicalTags(locales);
  const options = optionsOf(given);
  readMatcher(options);
  const type = readText(options, 'type', ['cardinal', 'ordinal'], 'cardinal');
  const { resolved, rounding, digits } = readDigits(options, 0, 3, false);
  const locale = op.supportedTag(pickTag(tags));
  const specification = stringify({ locale, ordinal: type === 'ordinal', digits });
  const pluralCategories = op.pluralCategories(specification);
  return { specification, resolved: { locale, type, ...resolved, pluralCategories, ...rounding } };
};
addService('PluralRules', false, openPluralRules, (stateOf) => ({
  select(value) {
    const { specification } = stateOf(this);
    const number = +value;
    return op.pluralCategory(specification, `${number}`);
  },
  resolvedOptions() {
    const { resolved } = stateOf(this);
    return present({ ...resolved, pluralCategories: [...resolved.pluralCategories] });
  },
}));
