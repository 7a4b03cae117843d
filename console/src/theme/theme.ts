/** The look: calm surfaces, one accent, the fonts that the system has. */
import { createTheme, type MantineColorsTuple, rem } from '@mantine/core';

/** The accent, from tint to shade. Shade 7 carries white text with a contrast above 5:1, shade 4 is read on dark grounds. */
const signet: MantineColorsTuple = [
  '#e9f8f4',
  '#d5eee8',
  '#a9dccf',
  '#7ac9b5',
  '#4db69e',
  '#2fa68d',
  '#1a8d78',
  '#0f7669',
  '#0c6056',
  '#084a43',
];

/** A neutral that leans to the accent, so that dark pages look like the light ones at night. */
const dark: MantineColorsTuple = [
  '#d3d9d8',
  '#b4bdbb',
  '#95a09e',
  '#6a7775',
  '#45504e',
  '#333d3b',
  '#262f2d',
  '#1b2322',
  '#141b1a',
  '#0e1413',
];

const sans =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';
const mono = 'ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace';

export const theme = createTheme({
  colors: { signet, dark },
  primaryColor: 'signet',
  primaryShade: { light: 7, dark: 6 },
  autoContrast: true,
  fontFamily: sans,
  fontFamilyMonospace: mono,
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  headings: {
    fontFamily: sans,
    fontWeight: '650',
    sizes: {
      h1: { fontSize: rem(24), lineHeight: '1.3' },
      h2: { fontSize: rem(18), lineHeight: '1.35' },
      h3: { fontSize: rem(15), lineHeight: '1.4' },
    },
  },
});
