/** The sheet that content lies on. */
import { Paper, type PaperProps } from '@mantine/core';
import type { ReactNode, Ref } from 'react';

type Props = PaperProps & { children: ReactNode; ref?: Ref<HTMLDivElement>; 'aria-label'?: string };

/** With a label it is a region that assistive technology can jump to. */
export const Surface = ({ children, style, ...props }: Props) => (
  <Paper
    withBorder
    radius="lg"
    bg="var(--surface)"
    style={[{ borderColor: 'var(--line)' }, style]}
    {...(props['aria-label'] && { role: 'region' })}
    {...props}
  >
    {children}
  </Paper>
);
