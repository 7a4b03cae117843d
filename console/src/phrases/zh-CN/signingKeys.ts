import type { Phrases } from '@/i18n/types';

export const signingKeys: Phrases['signingKeys'] = {
  title: '签名密钥',
  description: '用于签署令牌和 Cookie 的密钥。',
};
