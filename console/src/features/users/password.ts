/** Passwords for others: long enough that nobody guesses them, and without characters that look alike. */
const characters = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const length = 20;

export const makePassword = () => {
  // 224 is the largest multiple of 56, the number of characters, that a byte can hold: what is above would favour some.
  const limit = 256 - (256 % characters.length);
  let password = '';
  while (password.length < length) {
    for (const byte of crypto.getRandomValues(new Uint8Array(length)))
      if (byte < limit && password.length < length) password += characters[byte % characters.length];
  }
  return password;
};
