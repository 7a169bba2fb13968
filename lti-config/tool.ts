// What we tell an LMS about Cuepoint, said once: every generated configuration comes from here.

export const tool = {
  title: 'Cuepoint',
  description: 'Quizzes and interactive video, with grades that arrive.',
  scopes: [
    'https://purl.imsglobal.org/spec/lti-ags/scope/lineitem',
    'https://purl.imsglobal.org/spec/lti-ags/scope/lineitem.readonly',
    'https://purl.imsglobal.org/spec/lti-ags/scope/result.readonly',
    'https://purl.imsglobal.org/spec/lti-ags/scope/score',
    'https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly',
  ],
  /** Asked for only where the LMS says that it has them: notices of copied courses, groups. */
  optionalScopes: [
    'https://purl.imsglobal.org/spec/lti/scope/noticehandlers',
    'https://purl.imsglobal.org/spec/lti-gs/scope/contextgroup.readonly',
  ],
  claims: ['iss', 'sub', 'name', 'given_name', 'family_name', 'email', 'locale'],
  /** How much of a person Canvas sends; other LMSs have switches of their own for the name. */
  canvasPrivacyLevel: 'public',
  canvasToolId: 'cuepoint',
  paths: { login: '/lti/login', launch: '/lti/launch', keys: '/lti/keys', register: '/lti/register', canvas: '/lti/config/canvas.json' },
  /** Where Canvas offers us, and what stands there. */
  canvasPlacements: {
    assignment_selection: 'Cuepoint activity',
    link_selection: 'Cuepoint activity',
    module_menu_modal: 'Add Cuepoint activities',
  },
  /**
   * Asked for at every launch: ids of the course and link that this one was copied from, and the person's sections and groups as Canvas
   * and Moodle say them. What an LMS does not know it sends back as it is written, which says nothing.
   */
  custom: {
    context_id_history: '$Context.id.history',
    resource_link_id_history: '$ResourceLink.id.history',
    section_ids: '$Canvas.course.sectionIds',
    section_names: '$com.instructure.User.sectionNames',
    group_ids: '$Moodle.Person.userGroupIds',
  },
} as const

/** Canvas's developer-key JSON, for "Enter URL" (Canvas: LTI registration by JSON). `origin` without a slash at the end. */
export function canvasConfiguration(origin: string): object {
  const target = `${origin}${tool.paths.launch}`
  const placement = (name: string, text: string): object => ({
    placement: name,
    message_type: 'LtiDeepLinkingRequest',
    target_link_uri: target,
    text,
    enabled: true,
    selection_width: 1024,
    selection_height: 720,
  })
  return {
    title: tool.title,
    description: tool.description,
    oidc_initiation_url: `${origin}${tool.paths.login}`,
    target_link_uri: target,
    public_jwk_url: `${origin}${tool.paths.keys}`,
    // Canvas has notices (Platform Notification Service), and no groups service.
    scopes: [...tool.scopes, tool.optionalScopes[0]],
    custom_fields: tool.custom,
    extensions: [
      {
        platform: 'canvas.instructure.com',
        domain: new URL(origin).host,
        tool_id: tool.canvasToolId,
        privacy_level: tool.canvasPrivacyLevel,
        settings: {
          text: tool.title,
          selection_width: 1024,
          selection_height: 720,
          placements: Object.entries(tool.canvasPlacements).map(([name, text]) => placement(name, text)),
        },
      },
    ],
  }
}
