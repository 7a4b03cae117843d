/** The editor, for those parts of the page that put something into it. It is there once its library is loaded. */
import { createContext, type ReactNode, type RefObject, use, useRef } from 'react';
import type { EditorHandle } from './editor/CodeEditor';

const Context = createContext<RefObject<EditorHandle | null>>({ current: null });

export const EditorRefProvider = ({ children }: { children: ReactNode }) => {
  const handle = useRef<EditorHandle | null>(null);
  return <Context value={handle}>{children}</Context>;
};

export const useEditorRef = () => use(Context);
