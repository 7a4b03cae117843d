/**
 * The brand's colours as the hosted pages make them from the two that were chosen. It computes what
 * `crates/http/src/pages/palette.rs` computes, so that the preview shows what people will see.
 */
type Colour = [number, number, number];

const black: Colour = [0, 0, 0];
const white: Colour = [255, 255, 255];
/** The page and the card of the hosted stylesheet. */
const lightSurfaces: Colour[] = [[0xf4, 0xf5, 0xf7], white];
const darkSurfaces: Colour[] = [
  [0x10, 0x12, 0x16],
  [0x1a, 0x1d, 0x23],
];
const fallback: Colour = [0x61, 0x39, 0xf6];

const readable = 4.5;
const visible = 3;
const steps = 20;

const parse = (text: string): Colour | undefined => {
  const digits = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(text.trim())?.[1];
  if (!digits) return undefined;
  const pairs = digits.length === 3 ? [...digits].map((digit) => digit + digit) : (digits.match(/../g) ?? []);
  return pairs.map((pair) => Number.parseInt(pair, 16)) as Colour;
};

const hex = (colour: Colour) => `#${colour.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;

/** Relative luminance (WCAG 2.2). */
const luminance = (colour: Colour) => {
  const [red, green, blue] = colour.map((channel) => {
    const value = channel / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as Colour;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};

const contrast = (one: Colour, other: Colour) => {
  const [dark, light] = [luminance(one), luminance(other)].toSorted((a, b) => a - b) as [number, number];
  return (light + 0.05) / (dark + 0.05);
};

const mixed = (colour: Colour, other: Colour, share: number) =>
  colour.map((channel, at) => Math.trunc((channel * (steps - share) + (other[at] ?? 0) * share) / steps)) as Colour;

/** Moved towards `end` only as far as text of it can be read on each of the surfaces. */
const readableOn = (colour: Colour, surfaces: Colour[], end: Colour) => {
  const candidates = Array.from({ length: steps + 1 }, (_, share) => mixed(colour, end, share));
  return candidates.find((candidate) => surfaces.every((surface) => contrast(candidate, surface) >= readable)) ?? end;
};

const variables = (primary: Colour, surfaces: Colour[], end: Colour) => {
  const ink = contrast(primary, white) >= contrast(primary, black) ? white : black;
  const accent = readableOn(primary, surfaces, end);
  const isVisible = surfaces.every((surface) => contrast(primary, surface) >= visible);
  return {
    '--primary': hex(primary),
    '--on-primary': hex(ink),
    '--primary-hover': hex(mixed(primary, ink === white ? black : white, 3)),
    '--accent': hex(accent),
    '--edge': hex(isVisible ? primary : accent),
  };
};

type Chosen = { primaryColor: string; darkPrimaryColor: string };

/** The variables of one scheme, as the pages have them on `:root`. */
export const palette = ({ primaryColor, darkPrimaryColor }: Chosen, isDark: boolean) => {
  const light = parse(primaryColor) ?? fallback;
  if (!isDark) return variables(light, lightSurfaces, black);
  return variables(parse(darkPrimaryColor) ?? mixed(light, white, 5), darkSurfaces, white);
};
