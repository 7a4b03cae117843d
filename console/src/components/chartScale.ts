/** The arithmetic of plots: round numbers for the axis, and hours put together into what fits on a screen. */

/** Round numbers from nothing to at least the largest value: never more than five of them. */
export const ticksFor = (largest: number, isWhole: boolean): number[] => {
  const top = largest > 0 ? largest : isWhole ? 4 : 1;
  const rough = top / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough) ?? rough;
  const used = isWhole ? Math.max(1, Math.ceil(step)) : step;
  return Array.from({ length: Math.ceil(top / used) + 1 }, (_, index) => index * used);
};

/** Neighbours put together, `size` at a time; the last group may be smaller. */
export const inGroups = <T>(items: T[], size: number): [T, ...T[]][] => {
  const groups: [T, ...T[]][] = [];
  for (let start = 0; start < items.length; start += size) {
    const [first, ...rest] = items.slice(start, start + size);
    if (first !== undefined) groups.push([first, ...rest]);
  }
  return groups;
};
