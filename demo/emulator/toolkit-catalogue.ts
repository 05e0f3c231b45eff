import type { EmulatorClock } from './emulator-clock.js';
import {
  type AuthConfigRecord,
  createAuthConfig,
  type FieldRecord,
  type SchemeRecord,
  type ToolkitRecord,
} from './toolkit-records.js';

const CATEGORIES = {
  developer: { slug: 'developer-tools', name: 'Developer tools' },
  productivity: { slug: 'productivity', name: 'Productivity' },
  communication: { slug: 'communication', name: 'Communication' },
  data: { slug: 'data', name: 'Data' },
};

const managedOAuth = (...scopes: string[]): SchemeRecord => ({
  mode: 'OAUTH2',
  isComposioManaged: true,
  scopes,
  fields: [],
});

const text = (
  name: string,
  displayName: string,
  description: string,
  more: Partial<FieldRecord> = {},
): FieldRecord => ({
  name,
  displayName,
  type: 'string',
  description,
  required: true,
  default: null,
  ...more,
});

const secret = (name: string, displayName: string, description: string): FieldRecord =>
  text(name, displayName, description, { is_secret: true });

/** Four apps of managed OAuth, one of custom OAuth with a field of its own, and one for each other kind of scheme. */
export const TOOLKITS: readonly ToolkitRecord[] = [
  {
    slug: 'github',
    name: 'GitHub',
    description: 'Code hosting, issues and pull requests.',
    category: CATEGORIES.developer,
    baseUrl: 'https://api.github.com',
    isRevocable: true,
    schemes: [managedOAuth('repo', 'read:user')],
  },
  {
    slug: 'googlecalendar',
    name: 'Google Calendar',
    description: 'Events, reminders and free times.',
    category: CATEGORIES.productivity,
    baseUrl: 'https://www.googleapis.com/calendar/v3',
    isRevocable: true,
    schemes: [managedOAuth('https://www.googleapis.com/auth/calendar')],
  },
  {
    slug: 'slack',
    name: 'Slack',
    description: 'Channels, messages and files of a workspace.',
    category: CATEGORIES.communication,
    baseUrl: 'https://slack.com/api',
    isRevocable: true,
    schemes: [managedOAuth('chat:write', 'channels:read')],
  },
  {
    slug: 'notion',
    name: 'Notion',
    description: 'Pages, databases and comments.',
    category: CATEGORIES.productivity,
    baseUrl: 'https://api.notion.com/v1',
    isRevocable: false,
    schemes: [managedOAuth()],
  },
  {
    slug: 'zendesk',
    name: 'Zendesk',
    description: 'Tickets and customers of a help desk.',
    category: CATEGORIES.communication,
    baseUrl: 'https://{{subdomain}}.zendesk.com',
    isRevocable: true,
    schemes: [
      {
        mode: 'OAUTH2',
        isComposioManaged: false,
        scopes: ['read', 'write'],
        fields: [text('subdomain', 'Subdomain', 'The part before .zendesk.com in the address of your help desk.')],
      },
    ],
  },
  {
    slug: 'firecrawl',
    name: 'Firecrawl',
    description: 'Web pages as clean text.',
    category: CATEGORIES.data,
    baseUrl: 'https://api.firecrawl.dev',
    isRevocable: false,
    schemes: [
      {
        mode: 'API_KEY',
        isComposioManaged: false,
        authHintUrl: 'https://www.firecrawl.dev/app/api-keys',
        fields: [
          secret('generic_api_key', 'API Key', 'Begins with fc-.'),
          text('base_url', 'Base URL', 'Only for a server of your own.', {
            required: false,
            default: 'https://api.firecrawl.dev',
          }),
          text('version', 'API version', 'Version of the API.', {
            required: false,
            default: 'v2',
            user_visible: false,
          }),
        ],
      },
    ],
  },
  {
    slug: 'twilio',
    name: 'Twilio',
    description: 'Text messages and calls.',
    category: CATEGORIES.communication,
    baseUrl: 'https://api.twilio.com',
    isRevocable: false,
    schemes: [
      {
        mode: 'BASIC',
        isComposioManaged: false,
        fields: [
          text('username', 'Account SID', 'Begins with AC.'),
          secret('password', 'Auth token', 'Found beside the account SID.'),
        ],
      },
    ],
  },
  {
    slug: 'cloudflare',
    name: 'Cloudflare',
    description: 'Domains, workers and caches.',
    category: CATEGORIES.developer,
    baseUrl: 'https://api.cloudflare.com/client/v4',
    isRevocable: false,
    schemes: [
      {
        mode: 'BEARER_TOKEN',
        isComposioManaged: false,
        fields: [secret('token', 'API token', 'Made under My profile.')],
      },
    ],
  },
  {
    slug: 'googlebigquery',
    name: 'Google BigQuery',
    description: 'Queries over large tables.',
    category: CATEGORIES.data,
    baseUrl: 'https://bigquery.googleapis.com',
    isRevocable: false,
    schemes: [
      {
        mode: 'GOOGLE_SERVICE_ACCOUNT',
        isComposioManaged: false,
        fields: [secret('credentials_json', 'Service account key', 'The JSON file that Google Cloud made for you.')],
      },
    ],
  },
  {
    slug: 'hackernews',
    name: 'Hacker News',
    description: 'Stories and comments. Open to everybody.',
    category: CATEGORIES.data,
    baseUrl: 'https://hacker-news.firebaseio.com',
    isRevocable: false,
    schemes: [{ mode: 'NO_AUTH', isComposioManaged: false, fields: [] }],
  },
];

/** Creates one auth config for each toolkit, `ac_<slug>`. */
export function createAuthConfigs(clock: EmulatorClock): AuthConfigRecord[] {
  return TOOLKITS.flatMap(({ slug, name, schemes: [scheme] }) =>
    scheme === undefined ? [] : [createAuthConfig({ id: `ac_${slug}`, toolkitSlug: slug, name, scheme }, clock)],
  );
}
