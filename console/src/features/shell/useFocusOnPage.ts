/**
 * After a move to another page, what was pressed may be gone and the focus with it. Then it goes to the page, so that Tab
 * goes on there and screen readers begin to read.
 */
import { useRouterState } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';

export const useFocusOnPage = (pageId: string) => {
  const path = useRouterState({ select: ({ resolvedLocation }) => resolvedLocation?.pathname });
  const before = useRef(path);
  useEffect(() => {
    const isMove = before.current !== undefined && before.current !== path;
    before.current = path;
    if (!isMove) return;
    const frame = requestAnimationFrame(() => {
      if (document.activeElement === document.body) document.getElementById(pageId)?.focus({ preventScroll: true });
    });
    return () => cancelAnimationFrame(frame);
  }, [path, pageId]);
};
