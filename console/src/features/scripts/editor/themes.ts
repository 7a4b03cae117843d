/** The editor's colours in light and dark: those of the console, and few of them. All are read with a contrast above 4.5. */
import type { editor } from 'monaco-editor/editor/editor.api.js';

type Palette = {
  ground: string;
  text: string;
  quiet: string;
  keyword: string;
  literal: string;
  number: string;
  type: string;
  line: string;
  chosen: string;
  raised: string;
  border: string;
  accent: string;
};

const light: Palette = {
  ground: '#ffffff',
  text: '#1a2422',
  quiet: '#5c6967',
  keyword: '#7a3e9d',
  literal: '#0c6056',
  number: '#9a4a06',
  type: '#1f5fa8',
  line: '#f3f7f6',
  chosen: '#cfe8e1',
  raised: '#ffffff',
  border: '#d5dedb',
  accent: '#0a5c52',
};

const dark: Palette = {
  ground: '#1a2120',
  text: '#e3e9e7',
  quiet: '#98a5a2',
  keyword: '#d0a6ee',
  literal: '#7ac9b5',
  number: '#eab57e',
  type: '#8fbdf0',
  line: '#212a28',
  chosen: '#2b4d45',
  raised: '#202826',
  border: '#3a4644',
  accent: '#4db69e',
};

const bare = (color: string) => color.slice(1);

const themeOf = (base: 'vs' | 'vs-dark', palette: Palette): editor.IStandaloneThemeData => ({
  base,
  inherit: true,
  rules: [
    { token: '', foreground: bare(palette.text) },
    { token: 'comment', foreground: bare(palette.quiet) },
    { token: 'keyword', foreground: bare(palette.keyword) },
    { token: 'string', foreground: bare(palette.literal) },
    { token: 'string.key.json', foreground: bare(palette.type) },
    { token: 'string.value.json', foreground: bare(palette.literal) },
    { token: 'regexp', foreground: bare(palette.literal) },
    { token: 'number', foreground: bare(palette.number) },
    { token: 'type', foreground: bare(palette.type) },
    { token: 'delimiter', foreground: bare(palette.text) },
  ],
  colors: {
    'editor.background': palette.ground,
    'editor.foreground': palette.text,
    'editor.lineHighlightBackground': palette.line,
    'editor.lineHighlightBorder': '#00000000',
    'editor.selectionBackground': palette.chosen,
    'editorLineNumber.foreground': palette.quiet,
    'editorLineNumber.activeForeground': palette.text,
    'editorGutter.background': palette.ground,
    'editorCursor.foreground': palette.accent,
    'editorWidget.background': palette.raised,
    'editorWidget.border': palette.border,
    'editorSuggestWidget.background': palette.raised,
    'editorSuggestWidget.border': palette.border,
    'editorSuggestWidget.selectedBackground': palette.chosen,
    'editorSuggestWidget.selectedForeground': palette.text,
    'editorSuggestWidget.highlightForeground': palette.accent,
    'editorSuggestWidget.focusHighlightForeground': palette.accent,
    'editorHoverWidget.background': palette.raised,
    'editorHoverWidget.border': palette.border,
    focusBorder: palette.accent,
    // Brackets are as calm as the rest, however deep.
    ...Object.fromEntries([1, 2, 3, 4, 5, 6].map((depth) => [`editorBracketHighlight.foreground${depth}`, palette.text])),
  },
});

export const defineThemes = ({ defineTheme }: Pick<typeof editor, 'defineTheme'>) => {
  defineTheme('signet-light', themeOf('vs', light));
  defineTheme('signet-dark', themeOf('vs-dark', dark));
};
