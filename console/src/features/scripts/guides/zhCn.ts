/** The guides in Simplified Chinese. */
import type { GuideTexts } from './guides';

export const guideTexts: GuideTexts = {
  token: {
    title: '令牌',
    text: '令牌将包含的内容：受众、权限范围和客户端。时间、签发者和主体稍后才会加入，脚本既看不到也不能更改它们。',
  },
  user: {
    title: '用户',
    text: '令牌所属的人：个人资料、自定义数据、社交与企业身份、角色及其权限，以及所属的组织。',
  },
  grant: {
    title: '授权',
    text: '交换令牌的服务所附带的信息，例如代表此人操作所依据的工单。',
    when: '仅在交换了你签发的主体令牌（即模拟用户）时存在。',
  },
  interaction: {
    title: '用户交互',
    text: '此人如何登录：使用了哪些验证方式，来自何处。不包含验证码和密码。',
    when: '在登录的浏览器会话有效期间存在，因此刷新令牌时也有。交换得到的令牌没有。',
  },
  application: {
    title: '应用',
    text: '请求令牌的应用，不含其密钥。各客户端之间的差异适合放在应用的自定义数据中。',
    when: '客户端是此租户的应用时存在。',
  },
  organization: {
    title: '组织',
    text: '令牌所针对的组织及其自定义数据。',
    when: '令牌请求指定了组织时存在。',
  },
  api: {
    title: '访问控制',
    text: 'api.denyAccess() 会结束脚本并拒绝签发令牌，其文字会告知客户端。拒绝是最终的：即使脚本捕获了它，也不受“错误处理”设置的影响。',
  },
  fetch: {
    title: '获取外部数据',
    text: 'fetch() 与浏览器中一样，可请求其他服务。此时用户在等待：请尽早放弃，并准备好没有应答时的处理方式。整个脚本有五秒时间。',
  },
  variables: {
    title: '环境变量',
    text: '不应写在脚本中的密钥和地址。它们加密存储。保存后不再显示其值，只能替换或移除。',
  },
};
