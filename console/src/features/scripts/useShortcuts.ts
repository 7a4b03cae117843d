/** Ctrl or Cmd with Enter runs, with S saves, wherever the focus is on the page; except while a dialog is open. */
import { useEffect, useRef } from 'react';

type Shortcuts = { save: () => unknown; run: () => unknown };

export const isApple = /Mac|iPhone|iPad/.test(navigator.userAgent);

/** How the keys are called where this browser runs. */
export const keyNames = { run: isApple ? '⌘ ↵' : 'Ctrl ↵', save: isApple ? '⌘ S' : 'Ctrl S' };

export const useShortcuts = (shortcuts: Shortcuts) => {
  const latest = useRef(shortcuts);
  latest.current = shortcuts;
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const isOurs = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
      const act = { enter: latest.current.run, s: latest.current.save }[event.key.toLowerCase()];
      if (!isOurs || !act || document.querySelector('[role="dialog"][aria-modal="true"]')) return;
      event.preventDefault();
      event.stopPropagation();
      act();
    };
    // Before the editor sees it, which has a meaning of its own for Ctrl and Enter.
    window.addEventListener('keydown', listen, true);
    return () => window.removeEventListener('keydown', listen, true);
  }, []);
};
