/** The guides to a script's data: what each is about, its sample and its type. Their texts are per language, and lazy. */
import {
  IconApps,
  IconBuilding,
  IconCloudDownload,
  IconFingerprint,
  IconKey,
  IconReplace,
  IconShieldX,
  IconTicket,
  IconUser,
} from '@tabler/icons-react';
import { queryOptions } from '@tanstack/react-query';
import type { ComponentType } from 'react';
import type { TokenType } from '../tokenTypes';
import { samples } from './samples';

export type GuideId = keyof typeof samples;

export type GuideTexts = Record<
  GuideId,
  {
    title: string;
    text: string;
    /** When it is there, if it is not always. */
    when?: string;
  }
>;

export type Guide = {
  id: GuideId;
  icon: ComponentType<{ size?: number; stroke?: number }>;
  /** What a script writes to get at it. */
  path: string;
  sample: string;
  /** The declaration that describes it. */
  type?: string;
};

const all: Omit<Guide, 'sample'>[] = [
  { id: 'token', icon: IconTicket, path: 'token' },
  { id: 'user', icon: IconUser, path: 'context.user', type: 'JwtCustomizerUserContext' },
  { id: 'grant', icon: IconReplace, path: 'context.grant', type: 'JwtCustomizerGrantContext' },
  { id: 'interaction', icon: IconFingerprint, path: 'context.interaction', type: 'JwtCustomizerUserInteractionContext' },
  { id: 'application', icon: IconApps, path: 'context.application', type: 'JwtCustomizerApplicationContext' },
  { id: 'organization', icon: IconBuilding, path: 'context.organization', type: 'JwtCustomizerOrganizationContext' },
  { id: 'api', icon: IconShieldX, path: 'api', type: 'CustomJwtApiContext' },
  { id: 'fetch', icon: IconCloudDownload, path: 'fetch()' },
  { id: 'variables', icon: IconKey, path: 'environmentVariables' },
];

/** A machine has neither a person nor what comes with one. */
const ofMachines: GuideId[] = ['token', 'application', 'organization', 'api', 'fetch', 'variables'];

export const guidesOf = (kind: TokenType): Guide[] => {
  const isOfPerson = kind === 'access-token';
  return all
    .filter(({ id }) => isOfPerson || ofMachines.includes(id))
    .map((guide) => ({
      ...guide,
      sample: samples[guide.id],
      ...(guide.id === 'token' && { type: isOfPerson ? 'AccessTokenPayload' : 'ClientCredentialsPayload' }),
    }));
};

const texts: Record<string, () => Promise<GuideTexts>> = {
  en: () => import('./en').then(({ guideTexts }) => guideTexts),
  'zh-CN': () => import('./zhCn').then(({ guideTexts }) => guideTexts),
};

/** In the language of the page, or in English where nobody translated them yet. */
export const guideTextsQuery = (language: string) =>
  queryOptions({
    queryKey: ['scripts', 'guides', language],
    queryFn: () => (texts[language] ?? texts.en)?.() ?? Promise.reject(new Error('there are no guides')),
    staleTime: Number.POSITIVE_INFINITY,
  });
