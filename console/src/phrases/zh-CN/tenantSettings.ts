import type { Phrases } from '@/i18n/types';

export const tenantSettings: Phrases['tenantSettings'] = {
  title: '租户设置',
  description: '对所有应用和用户有效的设置。',
  addresses: {
    title: '地址',
    description: '应用和脚本配置时需要的地址。',
    issuer: '颁发者 (Issuer)',
    discovery: '发现文档',
    jwks: '公钥 (JWKS)',
    managementApi: '管理 API',
    managementApiHint: '机器对机器应用请求令牌时使用的资源。',
    admin: '管理端点',
  },
  session: {
    title: '登录会话',
    description: '用户在浏览器中保持登录多久后需要再次证明身份。',
    lifetime: '有效期',
    unit: '单位',
    units: { minutes: '分钟', hours: '小时', days: '天' },
    invalid: '1 分钟至 365 天',
  },
  permissions: {
    title: '令牌中的权限',
    description: '权限是否超出令牌所针对的范围。从下一个令牌起生效。',
    compatible: '兼容',
    compatibleHint: '未指明组织的 API 令牌包含用户在其任何组织中的权限；指明组织的令牌也包含其全局权限。',
    strict: '严格',
    strictHint: '令牌只包含对其所指明对象有效的权限。如果你的应用不需要兼容模式，请选择此项。',
  },
};
