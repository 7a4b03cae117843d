/** Applications as the console sees them: their members with types, and what differs by kind. */
import type { Shape } from '@/api/client';

/** Members of `oidcClientMetadata`. There may be more; they stay as they are when the page saves. */
type OidcMetadata = { redirectUris: string[]; postLogoutRedirectUris: string[]; backchannelLogoutUri?: string };

/** Members of `customClientMetadata`, likewise. */
type CustomMetadata = {
  corsAllowedOrigins?: string[];
  idTokenTtl?: number;
  refreshTokenTtlInDays?: number;
  rotateRefreshToken?: boolean;
  alwaysIssueRefreshToken?: boolean;
  allowTokenExchange?: boolean;
  isDeviceFlow?: boolean;
};

export const applicationTypes = ['SPA', 'Traditional', 'Native', 'MachineToMachine'] as const;

export type ApplicationType = (typeof applicationTypes)[number];

type Loose = 'type' | 'oidcClientMetadata' | 'customClientMetadata' | 'customData';

export type Application = Omit<Shape<'ApplicationResponse'>, Loose> & {
  type: ApplicationType;
  oidcClientMetadata: OidcMetadata;
  customClientMetadata: CustomMetadata;
  customData: Record<string, unknown>;
};

/** The document says of these members that they are objects, and no more. */
export const asApplication = (answer: Shape<'ApplicationResponse'>) => answer as unknown as Application;

/** What the server assumes for what is not set. */
export const defaults = { idTokenTtl: 3600, refreshTokenTtlInDays: 14, rotateRefreshToken: true };

export const isMachine = ({ type }: Pick<Application, 'type'>) => type === 'MachineToMachine';

/** Whether an application of this type can keep a secret, and so has some. */
export const keepsSecrets = ({ type }: Pick<Application, 'type'>) => type === 'Traditional' || type === 'MachineToMachine';
