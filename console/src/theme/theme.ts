/** The look: calm surfaces, one accent, the fonts that the system has. */
import {
  Badge,
  type CSSVariablesResolver,
  createTheme,
  Drawer,
  type MantineColorsTuple,
  Menu,
  Modal,
  Notification,
  rem,
} from '@mantine/core';

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

/** Deeper than Mantine's, so that it can be read on white and carry white text. */
const red: MantineColorsTuple = [
  '#fdf0ef',
  '#fadedd',
  '#f3bab8',
  '#ec9390',
  '#e4706d',
  '#db5451',
  '#cd3f3c',
  '#b83230',
  '#982826',
  '#781e1d',
];

const sans =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';
const mono = 'ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace';

/** The names of buttons that Mantine draws itself are in the language of the page. */
export const themeFor = (closeLabel: string) =>
  createTheme({
    colors: { signet, dark, red },
    primaryColor: 'signet',
    primaryShade: 7,
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
        // A long name on a phone is no whole screen.
        h1: { fontSize: 'clamp(1.25rem, 1.1rem + 0.7vw, 1.5rem)', lineHeight: '1.3' },
        h2: { fontSize: rem(18), lineHeight: '1.35' },
        h3: { fontSize: rem(15), lineHeight: '1.4' },
      },
    },
    components: {
      // Words as they are written elsewhere: capitals shout, and Chinese has none.
      Badge: Badge.extend({ styles: { root: { textTransform: 'none', fontWeight: 600 } } }),
      Modal: Modal.extend({
        // The head of a dialog is no banner of the page, which is what `<header>` means to assistive technology.
        defaultProps: {
          closeButtonProps: { 'aria-label': closeLabel },
          attributes: { header: { role: 'none' } },
          padding: 'lg',
          radius: 'lg',
        },
        styles: { title: { fontWeight: 650, fontSize: rem(17), overflowWrap: 'anywhere' } },
      }),
      Drawer: Drawer.extend({
        defaultProps: { closeButtonProps: { 'aria-label': closeLabel }, attributes: { header: { role: 'none' } } },
        styles: { title: { fontWeight: 650, fontSize: rem(17), overflowWrap: 'anywhere' } },
      }),
      // Its placeholder is nothing that a menu may hold; the first item gets the focus instead.
      Menu: Menu.extend({ defaultProps: { withInitialFocusPlaceholder: false } }),
      Notification: Notification.extend({ defaultProps: { closeButtonProps: { 'aria-label': closeLabel } } }),
    },
  });

/** The surfaces and lines of both schemes, and tints that are calmer than Mantine's own. `global.css` uses them as well. */
export const variables: CSSVariablesResolver = ({ colors }) => ({
  variables: {},
  light: {
    '--surface': '#ffffff',
    '--page': '#f6f8f7',
    '--line': '#e1e7e5',
    '--muted': '#586563',
    '--mantine-color-body': '#ffffff',
    '--mantine-color-text': '#1a2422',
    '--mantine-color-dimmed': '#586563',
    '--mantine-color-placeholder': '#6b7876',
    '--mantine-color-default-border': '#cdd7d4',
    '--track': '#84918e',
    '--mantine-color-error': '#b83230',
    '--mantine-color-signet-light': '#e6f4f0',
    '--mantine-color-signet-light-hover': '#d9eee8',
    '--mantine-color-signet-light-color': '#0a5c52',
    '--mantine-color-red-light-color': '#982826',
  },
  dark: {
    '--surface': '#1a2120',
    '--page': '#131918',
    '--line': '#2b3533',
    '--muted': '#a0adaa',
    '--mantine-color-body': '#1a2120',
    '--mantine-color-text': '#e3e9e7',
    '--mantine-color-dimmed': '#a0adaa',
    '--mantine-color-placeholder': '#8b9896',
    '--mantine-color-default': '#202826',
    '--mantine-color-default-hover': '#283230',
    '--mantine-color-default-border': '#3a4644',
    '--track': '#66736f',
    '--mantine-color-error': '#ec9390',
    '--mantine-color-signet-light': 'rgba(47, 166, 141, 0.15)',
    '--mantine-color-signet-light-hover': 'rgba(47, 166, 141, 0.22)',
    '--mantine-color-signet-light-color': colors.signet?.[3] ?? '#7ac9b5',
    '--mantine-color-red-light-color': colors.red?.[2] ?? '#f3bab8',
  },
});
