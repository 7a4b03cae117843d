// `Intl.Collator`.
const openCollator = (locales, given) => {
  const tags = canonicalTags(locales);
  const options = optionsOf(given);
  const usage = readText(options, 'usage', ['sort', 'search'], 'sort');
  if (usage === 'search') throw notAvailable('the usage search');
  readMatcher(options);
  const collation = readKeyword(options, 'collation');
  const numeric = readBoolean(options, 'numeric');
  const caseFirst = readText(options, 'caseFirst', ['upper', 'lower', 'false']);
  const sensitivity = readText(options, 'sensitivity', ['base', 'accent', 'case', 'variant'], 'variant');
  const ignorePunctuation = readBoolean(options, 'ignorePunctuation');
  const [specification, json] = op.openCollator(pickTag(tags), stringify({ collation, numeric, caseFirst, sensitivity, ignorePunctuation }));
  const found = parse(json);
  return {
    specification,
    resolved: {
      locale: found.locale, usage, sensitivity, ignorePunctuation: found.ignorePunctuation,
      collation: found.collation, numeric: found.numeric, caseFirst: found.caseFirst,
    },
  };
};
addService('Collator', true, openCollator, (stateOf) => ({
  get compare() {
    const state = stateOf(this);
    return state.compare ??= ((left, right) => op.compare(state.specification, `${left}`, `${right}`));
  },
  resolvedOptions() { return { ...stateOf(this).resolved }; },
}));
