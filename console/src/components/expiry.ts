/** When a secret ends: a number of days from now, a day, or never. */

export const expiryChoices = ['never', '30', '90', '180', '365', 'date'] as const;

const day = 86_400_000;

/** The moment in milliseconds. A day that was picked counts to its end, where the person is. */
export const expiresAt = (choice: string, date: string, now: number): number | undefined => {
  if (choice === 'never') return undefined;
  if (choice === 'date') return new Date(`${date}T23:59:59.999`).getTime();
  return now + Number(choice) * day;
};

export const isFuture = (date: string, now: number) => new Date(`${date}T23:59:59.999`).getTime() > now;
