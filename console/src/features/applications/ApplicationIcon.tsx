/** A picture of the type of an application, so that lists can be read at a glance. */
import { ThemeIcon } from '@mantine/core';
import { IconBrowser, IconDeviceMobile, IconRobot, IconServer2 } from '@tabler/icons-react';
import type { ApplicationType } from './application';

const typeIcons = {
  SPA: IconBrowser,
  Traditional: IconServer2,
  Native: IconDeviceMobile,
  MachineToMachine: IconRobot,
};

/** Types that the console does not offer may have been made by the API. */
export const iconOf = (type: ApplicationType) => typeIcons[type] ?? IconServer2;

export const ApplicationIcon = ({ type }: { type: ApplicationType }) => {
  const Icon = iconOf(type);
  return (
    <ThemeIcon variant="light" size={34} radius="md">
      <Icon size={18} stroke={1.6} />
    </ThemeIcon>
  );
};
