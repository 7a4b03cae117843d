/** A part of the editor's library that has no declarations: where its services can be given before it makes its own. */
declare module 'monaco-editor/editor/standalone/browser/standaloneServices.js' {
  export const StandaloneServices: { initialize: (services: Record<string, unknown>) => unknown };
}
