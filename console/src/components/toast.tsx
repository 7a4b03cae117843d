/** What just happened, in a corner, for a moment. */
import { notifications } from '@mantine/notifications';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';

/** Something was done: "Role created". */
export const toast = (message: string) =>
  notifications.show({ message, icon: <IconCheck size={16} />, color: 'signet', autoClose: 4000 });

/** Something was not done, and why. It stays longer, because it has to be read. */
export const toastFailure = (message: string) =>
  notifications.show({ message, icon: <IconAlertTriangle size={16} />, color: 'red', autoClose: 9000, role: 'alert' });
