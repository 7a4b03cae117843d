/** A button that keeps the keyboard's focus while it works or has nothing to do: browsers take it from disabled ones. */
import { Button, type ButtonProps, Loader } from '@mantine/core';
import type { ReactNode } from 'react';

type Props = ButtonProps & {
  isBusy?: boolean;
  isIdle?: boolean;
  onClick: () => unknown;
  children: ReactNode;
};

export const SteadyButton = ({ isBusy = false, isIdle = false, onClick, leftSection, ...props }: Props) => (
  <Button
    {...props}
    leftSection={isBusy ? <Loader size={14} color="currentColor" /> : leftSection}
    data-disabled={isIdle || undefined}
    aria-disabled={isIdle || isBusy || undefined}
    aria-busy={isBusy || undefined}
    onClick={() => {
      if (!isIdle && !isBusy) void onClick();
    }}
  />
);
