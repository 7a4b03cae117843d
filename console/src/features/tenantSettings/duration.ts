/** Lengths of time as people write them: a number and a unit. */
export const units = { minutes: 60, hours: 3600, days: 86_400 };

export type Unit = keyof typeof units;
export type Duration = { amount: number | string; unit: Unit };

/** The largest unit in which the seconds are a whole number. Seconds that are no whole minutes are rounded up. */
export const durationOf = (seconds: number): Duration => {
  const fitting = (['days', 'hours'] as const).find((unit) => seconds % units[unit] === 0);
  const unit = fitting ?? 'minutes';
  return { amount: Math.ceil(seconds / units[unit]), unit };
};

export const secondsOf = ({ amount, unit }: Duration) => Number(amount) * units[unit];
