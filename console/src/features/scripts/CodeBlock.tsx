/** Code to read, in the editor's colours. It is plain until the editor's library is there. */
import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useI18n } from '@/i18n/I18n';
import classes from './CodeBlock.module.css';
import { loadLibrary } from './loadEditor';

type Props = { text: string; label: string; language?: 'javascript' | 'typescript' };

export const CodeBlock = ({ text: given, label, language = 'javascript' }: Props) => {
  const text = given.trimEnd();
  const place = useRef<HTMLElement>(null);
  const scheme = useComputedColorScheme('light');
  const { tag } = useI18n();
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    element.textContent = text;
    let isGone = false;
    void loadLibrary(tag).then((monaco) => {
      if (isGone) return;
      element.dataset.lang = language;
      return monaco.editor.colorizeElement(element, { theme: `signet-${scheme}`, tabSize: 2 });
    });
    return () => {
      isGone = true;
    };
  }, [text, language, scheme, tag]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard
    // biome-ignore lint/a11y/useSemanticElements: no element but pre is for code, and it has no role
    <pre className={classes.block} tabIndex={0} role="group" aria-label={label}>
      <code ref={place} />
    </pre>
  );
};
