/** The part of GitLab's GraphQL schema that is about runners, in its own names. */
export const schemaText = /* GraphQL */ `
  scalar Time
  scalar CiJobID
  scalar CiRunnerID
  scalar CiRunnerManagerID
  scalar GroupID
  scalar ProjectID
  scalar UserID

  enum CiRunnerAccessLevel { NOT_PROTECTED REF_PROTECTED }
  enum CiRunnerCreationMethod { REGISTRATION_TOKEN AUTHENTICATED_USER }
  enum CiRunnerCreationState { STARTED FINISHED }
  enum CiRunnerJobExecutionStatus { IDLE ACTIVE }
  enum CiRunnerMembershipFilter { DIRECT DESCENDANTS ALL_AVAILABLE }
  enum CiRunnerSort {
    CONTACTED_ASC CONTACTED_DESC CREATED_ASC CREATED_DESC TOKEN_EXPIRES_AT_ASC TOKEN_EXPIRES_AT_DESC
  }
  enum CiRunnerStatus { ACTIVE PAUSED ONLINE OFFLINE STALE NEVER_CONTACTED }
  enum CiRunnerType { INSTANCE_TYPE GROUP_TYPE PROJECT_TYPE }
  enum CiRunnerUpgradeStatus { AVAILABLE NOT_AVAILABLE RECOMMENDED INVALID }
  enum CiJobStatus {
    CREATED WAITING_FOR_RESOURCE PREPARING WAITING_FOR_CALLBACK PENDING RUNNING SUCCESS FAILED CANCELING CANCELED
    SKIPPED MANUAL SCHEDULED
  }

  type PageInfo {
    hasNextPage: Boolean!
    hasPreviousPage: Boolean!
    startCursor: String
    endCursor: String
  }

  type QueryComplexity {
    limit: Int
    score: Int
  }

  type Metadata {
    version: String!
    revision: String!
    enterprise: Boolean!
  }

  type UserCore {
    id: UserID!
    username: String!
    name: String!
    publicEmail: String
    state: String!
    bot: Boolean!
    webUrl: String!
  }

  type RunnerPermissions {
    readRunner: Boolean!
    updateRunner: Boolean!
    deleteRunner: Boolean!
    assignRunner: Boolean!
  }

  type CiJob {
    id: CiJobID
    name: String
    status: CiJobStatus
    refName: String
    createdAt: Time!
    startedAt: Time
    finishedAt: Time
    duration: Int
    tags: [String!]
    webPath: String
    project: Project
  }
  type CiJobEdge { cursor: String! node: CiJob }
  type CiJobConnection { count: Int! nodes: [CiJob] edges: [CiJobEdge] pageInfo: PageInfo! }

  type CiRunnerManager {
    id: CiRunnerManagerID!
    systemId: String!
    version: String
    revision: String
    platformName: String
    architectureName: String
    ipAddress: String
    createdAt: Time
    contactedAt: Time
    status: CiRunnerStatus!
    jobExecutionStatus: CiRunnerJobExecutionStatus
    runner: CiRunner
  }
  type CiRunnerManagerEdge { cursor: String! node: CiRunnerManager }
  type CiRunnerManagerConnection {
    count: Int! nodes: [CiRunnerManager] edges: [CiRunnerManagerEdge] pageInfo: PageInfo!
  }

  type CiRunner {
    accessLevel: CiRunnerAccessLevel!
    active: Boolean! @deprecated(reason: "Use \`paused\`.")
    adminUrl: String
    architectureName: String @deprecated(reason: "Use field in \`manager\` object instead.")
    contactedAt: Time
    createdAt: Time
    createdBy: UserCore
    creationMethod: CiRunnerCreationMethod
    creationState: CiRunnerCreationState
    description: String
    editAdminUrl: String
    ephemeralAuthenticationToken: String
    ephemeralRegisterUrl: String
    groups(first: Int, last: Int, after: String, before: String): GroupConnection
    id: CiRunnerID!
    ipAddress: String @deprecated(reason: "Use field in \`manager\` object instead.")
    jobCount: Int
    jobExecutionStatus: CiRunnerJobExecutionStatus
    jobs(statuses: [CiJobStatus!], first: Int, last: Int, after: String, before: String): CiJobConnection
    locked: Boolean
    maintenanceNote: String
    managers(
      systemId: String, status: CiRunnerStatus, first: Int, last: Int, after: String, before: String
    ): CiRunnerManagerConnection
    maximumTimeout: Int
    ownerProject: Project
    paused: Boolean!
    platformName: String @deprecated(reason: "Use field in \`manager\` object instead.")
    projectCount: Int
    projects(first: Int, last: Int, after: String, before: String): ProjectConnection
    registerAdminUrl: String
    revision: String @deprecated(reason: "Use field in \`manager\` object instead.")
    runUntagged: Boolean!
    runnerType: CiRunnerType!
    shortSha: String
    status: CiRunnerStatus!
    tagList: [String!]
    tokenExpiresAt: Time
    userPermissions: RunnerPermissions!
    version: String @deprecated(reason: "Use field in \`manager\` object instead.")
  }
  type CiRunnerEdge { cursor: String! editUrl: String node: CiRunner webUrl: String }
  type CiRunnerConnection { count: Int! nodes: [CiRunner] edges: [CiRunnerEdge] pageInfo: PageInfo! }

  type Group {
    id: GroupID!
    name: String!
    path: String!
    fullPath: ID!
    visibility: String
    webUrl: String!
    runners(
      membership: CiRunnerMembershipFilter = DESCENDANTS, ${filters()}
    ): CiRunnerConnection
  }
  type GroupEdge { cursor: String! node: Group }
  type GroupConnection { count: Int! nodes: [Group] edges: [GroupEdge] pageInfo: PageInfo! }

  type Project {
    id: ProjectID!
    name: String!
    path: String!
    fullPath: ID!
    nameWithNamespace: String!
    description: String
    visibility: String
    webUrl: String
    runners(${filters()}): CiRunnerConnection
  }
  type ProjectEdge { cursor: String! node: Project }
  type ProjectConnection { count: Int! nodes: [Project] edges: [ProjectEdge] pageInfo: PageInfo! }

  type Query {
    currentUser: UserCore
    echo(text: String!): String!
    group(fullPath: ID!): Group
    jobs(statuses: [CiJobStatus!], first: Int, last: Int, after: String, before: String): CiJobConnection
    metadata: Metadata
    project(fullPath: ID!): Project
    queryComplexity: QueryComplexity
    runner(id: CiRunnerID!): CiRunner
    runners(${filters()}): CiRunnerConnection
  }

  input RunnerCreateInput {
    ${attributes()}
    runnerType: CiRunnerType!
    groupId: GroupID
    projectId: ProjectID
    tokenExpiresAt: Time
    tokenRotationDeadline: Time
  }
  type RunnerCreatePayload { clientMutationId: String errors: [String!]! runner: CiRunner }

  input RunnerUpdateInput {
    ${attributes()}
    id: CiRunnerID!
    active: Boolean
  }
  type RunnerUpdatePayload { clientMutationId: String errors: [String!]! runner: CiRunner }

  input RunnerDeleteInput { clientMutationId: String id: CiRunnerID! }
  type RunnerDeletePayload { clientMutationId: String errors: [String!]! }

  input BulkRunnerDeleteInput { clientMutationId: String ids: [CiRunnerID!] }
  type BulkRunnerDeletePayload {
    clientMutationId: String
    deletedCount: Int
    deletedIds: [CiRunnerID!]
    errors: [String!]!
  }

  input RunnerBulkPauseInput { clientMutationId: String ids: [CiRunnerID!]! paused: Boolean! }
  type RunnerBulkPausePayload {
    clientMutationId: String
    errors: [String!]!
    updatedCount: Int
    updatedRunners: [CiRunner!]
  }

  input RunnerAssignToProjectInput { clientMutationId: String projectPath: ID! runnerId: CiRunnerID! }
  type RunnerAssignToProjectPayload { clientMutationId: String errors: [String!]! }

  input RunnerUnassignFromProjectInput { clientMutationId: String projectPath: ID! runnerId: CiRunnerID! }
  type RunnerUnassignFromProjectPayload { clientMutationId: String errors: [String!]! }

  type Mutation {
    bulkRunnerDelete(input: BulkRunnerDeleteInput!): BulkRunnerDeletePayload
    runnerAssignToProject(input: RunnerAssignToProjectInput!): RunnerAssignToProjectPayload
    runnerBulkPause(input: RunnerBulkPauseInput!): RunnerBulkPausePayload
    runnerCreate(input: RunnerCreateInput!): RunnerCreatePayload
    runnerDelete(input: RunnerDeleteInput!): RunnerDeletePayload
    runnerUnassignFromProject(input: RunnerUnassignFromProjectInput!): RunnerUnassignFromProjectPayload
    runnerUpdate(input: RunnerUpdateInput!): RunnerUpdatePayload
  }
`;

function filters(): string {
  return `
    active: Boolean, creatorId: UserID, creatorUsername: String, paused: Boolean, search: String, sort: CiRunnerSort,
    status: CiRunnerStatus, tagList: [String!], type: CiRunnerType, upgradeStatus: CiRunnerUpgradeStatus,
    versionPrefix: String, first: Int, last: Int, after: String, before: String`;
}

function attributes(): string {
  return `
    clientMutationId: String
    accessLevel: CiRunnerAccessLevel
    associatedProjects: [ProjectID!]
    description: String
    locked: Boolean
    maintenanceNote: String
    maximumTimeout: Int
    paused: Boolean
    runUntagged: Boolean
    tagList: [String!]`;
}
