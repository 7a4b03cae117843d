/** What identifiers look like, so that a form can say it before the server does. Nothing at all is fine here. */
const orEmpty = (grammar: RegExp) => (text: string) => text.trim() === '' || grammar.test(text.trim());

export const isUsername = orEmpty(/^[A-Z_a-z]\w*$/);
export const isEmail = orEmpty(/^\S+@\S+\.\S+$/);
export const isPhone = orEmpty(/^\+?[\d ()-]{6,24}$/);
/** People write `+41 44 668 18 00`; the API knows the digits only. */
export const phoneDigits = (text: string) => text.replace(/\D/g, '');

export const isPicture = orEmpty(/^https?:\/\/\S+$/i);
